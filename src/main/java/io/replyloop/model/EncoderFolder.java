package io.replyloop.model;

import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.Problem;
import io.replyloop.platform.WholeFile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The folder with the text encoder. Each node keeps a copy in its data folder, and also of the previous one, whose
 * vectors are used until the new one has encoded all texts.
 */
@Singleton
public class EncoderFolder {
    private static final Logger LOG = Logger.getLogger(EncoderFolder.class);

    /** A file with the name of the directory that served last. */
    private static final String NOTE = "served-last";

    private static final int NAME = 16;

    private final EncoderConfig config;
    private final Path folder;

    EncoderFolder(EncoderConfig config, ApplicationFolder files) {
        this.config = config;
        folder = files.folder("encoders");
    }

    /** The encoder for this installation; empty if there is none or it cannot be used, which is logged. */
    public Optional<Path> current() {
        try {
            Optional<ModelSource> source = config.directory().isPresent()
                    ? Optional.of(
                            ModelSource.encoderDirectory(config.directory().get()))
                    : ModelSource.onClassPath(config.builtIn());
            if (source.isEmpty()) {
                LOG.info("This build has no text encoder: replies are found by their words, not by their meaning");
                return Optional.empty();
            }
            return Optional.of(installed(source.get()));
        } catch (IOException | UncheckedIOException failure) {
            LOG.errorf(failure, "The text encoder cannot be used: replies are found only by their words");
            return Optional.empty();
        }
    }

    private Path installed(ModelSource source) throws IOException {
        ModelDirectory.sweep(folder);
        String sha256 = source.sha256();
        Path place = folder.resolve(sha256.substring(0, NAME));
        if (Files.exists(place)) {
            try {
                ModelDirectory.verify(place, sha256);
                return place;
            } catch (Problem damaged) {
                LOG.warnf("%s It is copied anew", damaged.getMessage());
            }
        }
        ModelDirectory.install(folder, place.getFileName().toString(), source::copyInto);
        return place;
    }

    /** The previous encoder, if it was a different one. */
    public Optional<Path> before(Path current) {
        try {
            Path note = folder.resolve(NOTE);
            if (!Files.isRegularFile(note)) {
                return Optional.empty();
            }
            Path last = ModelDirectory.resolve(folder, Files.readString(note).strip());
            return Files.isDirectory(last) && !last.equals(current) ? Optional.of(last) : Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            LOG.debugf(unreadable, "Cannot determine which encoder served last");
            return Optional.empty();
        }
    }

    /** From now on only this encoder is used; all others are deleted, whether they have been used or not. */
    public void serves(Path directory) {
        try {
            WholeFile.write(folder.resolve(NOTE), directory.getFileName().toString());
            try (Stream<Path> all = Files.list(folder)) {
                all.filter(one -> one.getFileName().toString().matches("[0-9a-f]{" + NAME + "}"))
                        .filter(one -> !one.equals(directory))
                        .forEach(ModelDirectory::delete);
            }
        } catch (IOException | UncheckedIOException failure) {
            LOG.warnf("Could not delete the previous encoder from %s: %s", folder, failure);
        }
    }
}
