package io.replyloop.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarePictureTest {
    @TempDir
    Path folder;

    private Path file(byte[] contents) throws IOException {
        return Files.write(folder.resolve("file"), contents);
    }

    private static byte[] chunk(String name, int length) {
        byte[] contents = new byte[length + (length & 1)];
        return TestFiles.joined(
                name.getBytes(StandardCharsets.US_ASCII),
                new byte[] {(byte) length, (byte) (length >> 8), 0, 0},
                contents);
    }

    @Test
    void a_png_keeps_what_can_be_seen_alone() throws IOException {
        byte[] text = TestFiles.chunk("zTXt", TestFiles.deflated(TestFiles.text("a\0\0"), 1));

        Path bare = BarePicture.of(file(TestFiles.pngOfSize(4, 4, text)), FileKind.PNG, folder);

        assertThat(Files.readAllBytes(bare)).isEqualTo(TestFiles.pngOfSize(4, 4));
    }

    @Test
    void a_webp_loses_its_profile_and_what_announces_it() throws IOException {
        byte[] head = chunk("VP8X", 10);
        head[8] = 0x3C;
        byte[] picture = chunk("VP8 ", 7);
        byte[] whole = TestFiles.joined(
                TestFiles.text("RIFF"),
                new byte[4],
                TestFiles.text("WEBP"),
                head,
                chunk("ICCP", 33),
                picture,
                chunk("EXIF", 8));

        byte[] bare = Files.readAllBytes(BarePicture.of(file(whole), FileKind.WEBP, folder));

        head[8] = 0x10;
        byte[] expected = TestFiles.joined(
                TestFiles.text("RIFF"), new byte[] {38, 0, 0, 0}, TestFiles.text("WEBP"), head, picture);
        assertThat(bare).isEqualTo(expected);
    }

    @Test
    void a_chunk_that_says_that_it_is_longer_than_the_file_ends_it() throws IOException {
        byte[] png = TestFiles.pngOfSize(4, 4, TestFiles.chunk("tEXt", new byte[10]));
        png[48] = 0x7F;
        Path damaged = file(png);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> BarePicture.of(damaged, FileKind.PNG, folder));
    }
}
