package io.replyloop.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComingFilesTest {
    @TempDir
    private Path folder;

    @Test
    void whatever_was_left_goes_at_the_start_a_stray_file_included() throws IOException {
        Path coming = Files.createDirectory(folder.resolve("coming"));
        Files.writeString(coming.resolve(".DS_Store"), "stray");
        Path upload = Files.createDirectory(coming.resolve("upload-1"));
        Files.writeString(upload.resolve("original"), "half");
        Files.writeString(Files.createDirectory(upload.resolve("inner")).resolve("page"), "deep");

        ComingFiles.clear(coming);

        assertThat(coming).isEmptyDirectory();
    }

    @Test
    void what_a_link_points_to_stays() throws IOException {
        Path coming = Files.createDirectory(folder.resolve("coming"));
        Path kept = Files.writeString(
                Files.createDirectory(folder.resolve("elsewhere")).resolve("file"), "kept");
        Files.createSymbolicLink(coming.resolve("link"), kept.getParent());

        ComingFiles.clear(coming);

        assertThat(coming).isEmptyDirectory();
        assertThat(kept).hasContent("kept");
    }
}
