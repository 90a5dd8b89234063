package io.replyloop.reports;

import io.replyloop.model.BuiltInModel;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.ranking.DirectoryRanker;
import io.replyloop.ranking.Ranking;
import io.replyloop.suggestion.Shortlist;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;

/**
 * The ranker of a team's first day: the built-in network with the score that came with it. Its files are copied once and
 * stay, so that a later version of the application does not change what is compared with.
 */
@ApplicationScoped
class FirstDayRanker {
    private static final int SHOWN = 3;
    /** Nobody waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private DirectoryRanker opened;

    FirstDayRanker(ApplicationFolder files) {
        folder = files.folder("first-day");
    }

    /** @param place of the right reply among those shown, from 1; 0 where it is not there */
    record Seen(int place, int shown) {}

    synchronized Seen look(FirstDayStore.Question question, UUID right) {
        if (question.candidates().isEmpty()) {
            return new Seen(0, 0);
        }
        Ranking ranking = ranker().ranker().rank(question.query(), question.candidates());
        Shortlist shortlist = Shortlist.of(
                question.query(), question.question(), ranking.scored(), ranking.threshold(), SHOWN, SHOWN);
        int place = 0;
        for (int i = 0; i < shortlist.shown().size(); i++) {
            if (shortlist.shown().get(i).candidate().reply().equals(right)) {
                place = i + 1;
            }
        }
        return new Seen(place, shortlist.shown().size());
    }

    /** Gives the memory back until it is needed again. */
    synchronized void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    private DirectoryRanker ranker() {
        if (opened == null) {
            opened = new DirectoryRanker(model(), PATIENCE);
        }
        return opened;
    }

    private Path model() {
        Path model = folder.resolve("model");
        try {
            if (!Files.isDirectory(model)) {
                Path copy = Files.createTempDirectory(folder, "copy");
                BuiltInModel.copyInto(copy);
                Files.move(copy, model, StandardCopyOption.ATOMIC_MOVE);
            }
            return model;
        } catch (IOException failure) {
            throw new UncheckedIOException("The built-in model cannot be copied to " + model, failure);
        }
    }
}
