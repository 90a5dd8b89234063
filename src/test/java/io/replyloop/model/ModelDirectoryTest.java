package io.replyloop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void an_installed_directory_is_whole_under_its_name_and_nothing_else_is_left() throws IOException {
        ModelDirectory.Installed installed = install("one", "weights");

        assertThat(installed.directory()).isEqualTo(folder.resolve("one"));
        ModelDirectory.verify(installed.directory(), installed.sha256());
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void the_sealed_list_is_what_sha256sum_reads() throws IOException {
        install("one", "weights");

        assertThat(Files.readString(folder.resolve("one/SHA256SUMS")))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a  config.json\n"
                        + "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c  model.safetensors\n");
    }

    @Test
    void contents_that_cannot_be_written_leave_nothing_behind() {
        assertThatThrownBy(() -> ModelDirectory.install(folder, "one", directory -> {
                    Files.writeString(directory.resolve("config.json"), "{}");
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(IOException.class);

        assertThat(entries()).isEqualTo(0);
    }

    @Test
    void installing_again_replaces_what_lay_there() throws IOException {
        ModelDirectory.Installed first = install("one", "weights");
        ModelDirectory.Installed second = install("one", "other weights");

        assertThat(second.sha256()).isNotEqualTo(first.sha256());
        ModelDirectory.verify(folder.resolve("one"), second.sha256());
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void a_missing_file_is_named() throws IOException {
        ModelDirectory.Installed installed = install("one", "weights");
        Files.delete(installed.directory().resolve("model.safetensors"));

        assertDamaged(installed, "model.safetensors is missing");
    }

    @Test
    void a_changed_file_is_named_even_when_its_list_was_changed_with_it() throws IOException {
        ModelDirectory.Installed installed = install("one", "weights");
        Files.writeString(installed.directory().resolve("model.safetensors"), "weightz");
        assertDamaged(installed, "model.safetensors has changed");

        String list = Files.readString(folder.resolve("one/SHA256SUMS"));
        Files.writeString(folder.resolve("one/SHA256SUMS"), list.replace("9a1290", "000000"));
        assertDamaged(installed, "SHA256SUMS is not the list that was registered");
    }

    @Test
    void a_file_that_was_added_is_named() throws IOException {
        ModelDirectory.Installed installed = install("one", "weights");
        Files.writeString(installed.directory().resolve("model.safetensors.index.json"), "{}");

        assertDamaged(installed, "model.safetensors.index.json does not belong there");
    }

    @Test
    void a_missing_directory_is_named() {
        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ModelDirectory.verify(folder.resolve("gone"), "00"))
                .actual();

        assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_DAMAGED);
        assertThat(problem.getMessage().contains("gone"))
                .as("%s", problem.getMessage())
                .isTrue();
    }

    @Test
    void a_name_never_leads_out_of_the_folder() {
        assertThatThrownBy(() -> ModelDirectory.resolve(folder, "../elsewhere")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> ModelDirectory.resolve(folder, "/etc")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> ModelDirectory.resolve(folder, ".")).isInstanceOf(Problem.class);
    }

    @Test
    void only_old_leftovers_of_killed_processes_are_swept() throws IOException {
        install("one", "weights");
        Path old = Files.createDirectory(folder.resolve(".incoming-old"));
        Path young = Files.createDirectory(folder.resolve(".incoming-young"));
        Files.writeString(old.resolve("model.safetensors"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

        ModelDirectory.sweep(folder);

        assertThat(Files.exists(old)).isFalse();
        assertThat(Files.exists(young)).isTrue();
        assertThat(Files.exists(folder.resolve("one"))).isTrue();
    }

    @Test
    void what_is_being_written_stays_and_what_its_killed_writer_left_goes_at_once() throws Exception {
        Path left = Files.createDirectory(folder.resolve(".incoming-left"));
        Files.createFile(folder.resolve(".incoming-left.lock"));
        Path deleted = Files.createDirectory(folder.resolve(".gone-half"));

        ModelDirectory.install(folder, "two", directory -> {
            Files.writeString(directory.resolve("config.json"), "{}");
            ModelDirectory.sweep(folder);
            assertThat(directory).exists();
            assertThat(AnotherProcess.finds(directory)).isEqualTo("alive");
        });

        assertThat(left).doesNotExist();
        assertThat(deleted).doesNotExist();
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries.map(Path::getFileName).map(Path::toString)).containsExactly("two");
        }
    }

    @Test
    void a_lock_of_another_process_is_left_to_it_and_one_that_could_not_be_taken_is_no_longer_known() throws Exception {
        Path taken = Files.createDirectory(folder.resolve(".incoming-taken"));
        Path lock = folder.resolve(".incoming-taken.lock");
        Process other = AnotherProcess.holds(taken);
        try {
            assertThatThrownBy(() -> IncomingLock.of(taken))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is locked by another process");
            assertThat(lock).exists();
            assertThat(IncomingLock.isLeft(taken)).isFalse();
        } finally {
            other.getOutputStream().close();
        }
        assertThat(other.waitFor()).isZero();
        assertThat(lock).doesNotExist();

        Path nowhere = folder.resolve("nowhere/.incoming-one");
        assertThatThrownBy(() -> IncomingLock.of(nowhere)).isInstanceOf(IOException.class);
        Files.createDirectories(nowhere);
        Files.createFile(folder.resolve("nowhere/.incoming-one.lock"));
        assertThat(IncomingLock.isLeft(nowhere)).isTrue();
    }

    private ModelDirectory.Installed install(String name, String weights) throws IOException {
        return ModelDirectory.install(folder, name, directory -> {
            Files.writeString(directory.resolve("config.json"), "{}");
            Files.writeString(directory.resolve("model.safetensors"), weights);
        });
    }

    private static void assertDamaged(ModelDirectory.Installed installed, String what) {
        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ModelDirectory.verify(installed.directory(), installed.sha256()))
                .actual();
        assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_DAMAGED);
        assertThat(problem.getMessage().contains(what))
                .as("%s", problem.getMessage())
                .isTrue();
    }

    private long entries() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
