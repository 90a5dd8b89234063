package io.replyloop.attachment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What comes has a folder of its own on the disk while it is worked on; such folders stand in one folder. */
final class ComingFiles {
    private ComingFiles() {}

    /** At the start: whatever a killed server, or anybody else, has left there. The folder itself stays. */
    static void clear(Path folder) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path one : (Iterable<Path>) left::iterator) {
                delete(one);
            }
        }
    }

    /** With all that is in it; links are not followed. */
    static void delete(Path one) throws IOException {
        try (Stream<Path> all = Files.walk(one)) {
            for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(each);
            }
        }
    }
}
