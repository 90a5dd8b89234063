package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHashesTest {
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final int LARGE = 2 << 20;

    @TempDir
    Path folder;

    private Path notes;
    private Path file;

    @BeforeEach
    void remember() throws IOException {
        notes = folder.resolve("hashes");
        FileHashes.keepIn(notes);
        file = folder.resolve("weights");
    }

    @AfterEach
    void rememberNowhere() {
        FileHashes.keepIn(null);
    }

    private void write(int content, Instant changed) throws IOException {
        byte[] bytes = new byte[LARGE];
        bytes[LARGE / 2] = (byte) content;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.from(changed));
    }

    private long remembered() throws IOException {
        if (!Files.exists(notes)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(notes)) {
            return all.count();
        }
    }

    @Test
    void a_hash_is_the_one_that_everybody_computes() throws IOException {
        Files.writeString(file, "abc");

        assertThat(FileHashes.sha256(file)).isEqualTo(OF_ABC);
        assertThat(FileHashes.sha256("abc")).isEqualTo(OF_ABC);
        assertThat(remembered()).as("small ones are read again").isZero();
    }

    @Test
    void a_large_file_is_read_once_and_again_when_it_has_changed() throws IOException {
        Instant first = Instant.parse("2026-11-01T10:00:00.123456Z");
        write(1, first);
        String before = FileHashes.sha256(file);
        assertThat(remembered()).isEqualTo(1);

        write(2, first);
        assertThat(FileHashes.sha256(file)).as("not read").isEqualTo(before);
        write(2, first.plusMillis(1));
        String after = FileHashes.sha256(file);
        assertThat(after).isNotEqualTo(before);
        assertThat(remembered()).isEqualTo(1);

        FileHashes.keepIn(null);
        assertThat(FileHashes.sha256(file)).isEqualTo(after);
    }

    @Test
    void a_file_that_was_renamed_is_the_same_and_another_under_its_name_is_not() throws IOException {
        Instant time = Instant.parse("2026-11-01T10:00:00.123456Z");
        write(1, time);
        String one = FileHashes.sha256(file);
        Path renamed = Files.move(file, folder.resolve("renamed"));
        write(2, time);

        assertThat(FileHashes.sha256(file)).isNotEqualTo(one);
        assertThat(FileHashes.sha256(renamed)).isEqualTo(one);
    }

    @Test
    void what_was_written_just_now_may_be_written_again_within_the_same_tick() throws IOException {
        Instant written = Instant.parse("2026-11-01T10:00:00.123456Z");
        write(1, written);
        FileHashes.sha256(file, InstantSource.fixed(written.plusMillis(49)));
        assertThat(remembered()).isZero();
        FileHashes.sha256(file, InstantSource.fixed(written.plusMillis(51)));
        assertThat(remembered()).isEqualTo(1);

        Instant second = Instant.parse("2026-11-01T10:00:00Z");
        write(2, second);
        notes = folder.resolve("hashes of another start");
        FileHashes.keepIn(notes);
        FileHashes.sha256(file, InstantSource.fixed(second.plusMillis(2_099)));
        assertThat(remembered()).as("a file system that knows seconds alone").isZero();
        FileHashes.sha256(file, InstantSource.fixed(second.plusMillis(2_101)));
        assertThat(remembered()).isEqualTo(1);
    }

    @Test
    void what_is_remembered_wrongly_is_found_out_by_looking_again() throws IOException {
        write(1, Instant.parse("2026-11-01T10:00:00.5Z"));
        String right = FileHashes.sha256(file);
        Path note;
        try (Stream<Path> all = Files.list(notes)) {
            note = all.findFirst().orElseThrow();
        }
        String wrong = "0".repeat(64);
        Files.writeString(note, Files.readString(note).replace(right, wrong));

        assertThat(FileHashes.sha256(file)).isEqualTo(wrong);
        assertThat(FileHashes.sha256Anew(file)).isEqualTo(right);
        assertThat(FileHashes.sha256(file)).as("remembered anew").isEqualTo(right);

        Files.writeString(note, Files.readString(note).replace(right, "no hash"));
        assertThat(FileHashes.sha256(file)).isEqualTo(right);
    }

    @Test
    void notes_that_cannot_be_read_or_written_cost_time_alone() throws IOException {
        Files.writeString(notes, "no folder");
        write(1, Instant.parse("2026-11-01T10:00:00.5Z"));

        assertThat(FileHashes.sha256(file)).isEqualTo(FileHashes.sha256(file)).hasSize(64);
    }
}
