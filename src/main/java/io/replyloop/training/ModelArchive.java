package io.replyloop.training;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A model directory as a ZIP archive, with its card in the place where model hubs look for one. */
final class ModelArchive {
    private static final String CARD = "README.md";

    private ModelArchive() {}

    static void write(Path directory, String card, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.list(directory)) {
            // Weights hardly shrink, and compressing them would take a core for as long as the download lasts.
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry(CARD));
            zip.write(card.getBytes(StandardCharsets.UTF_8));
            List<Path> others = files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(CARD))
                    .sorted()
                    .toList();
            for (Path file : others) {
                zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, zip);
            }
        }
    }
}
