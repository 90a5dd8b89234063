package io.replyloop.lab.replay;

import io.replyloop.lab.corpus.Dialogue;
import io.replyloop.lab.corpus.Dialogue.Speaker;
import io.replyloop.lab.corpus.Dialogue.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The dialogues of a file that can be played, because a customer writes something. */
final class PlayableDialogues {
    private PlayableDialogues() {}

    /** Shuffles the playable dialogues of a file by the seed, and returns at most {@code limit}. */
    static List<Dialogue> read(Path file, long seed, int limit) {
        List<Dialogue> dialogues = new ArrayList<>(ReplayException.reading(file, () -> Dialogue.read(file)).stream()
                .map(PlayableDialogues::fromCustomersFirstTurn)
                .filter(dialogue -> !dialogue.turns().isEmpty())
                .toList());
        if (dialogues.isEmpty()) {
            throw new ReplayException(file + " has no dialogue with a customer message.");
        }
        Collections.shuffle(dialogues, new Random(seed));
        return List.copyOf(dialogues.subList(0, Math.min(limit, dialogues.size())));
    }

    /** Skips agents' turns before the first customer turn, because the customer starts a conversation. */
    private static Dialogue fromCustomersFirstTurn(Dialogue dialogue) {
        List<Turn> turns = dialogue.turns().stream()
                .filter(turn -> turn.by() != Speaker.OTHER)
                .dropWhile(turn -> turn.by() != Speaker.CUSTOMER)
                .toList();
        return new Dialogue(dialogue.id(), dialogue.tasks(), turns);
    }
}
