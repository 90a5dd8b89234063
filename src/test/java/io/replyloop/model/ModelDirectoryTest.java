package io.replyloop.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

        assertEquals(folder.resolve("one"), installed.directory());
        ModelDirectory.verify(installed.directory(), installed.sha256());
        assertEquals(1, entries());
    }

    @Test
    void the_sealed_list_is_what_sha256sum_reads() throws IOException {
        install("one", "weights");

        assertEquals(
                "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a  config.json\n"
                        + "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c  model.safetensors\n",
                Files.readString(folder.resolve("one/SHA256SUMS")));
    }

    @Test
    void contents_that_cannot_be_written_leave_nothing_behind() {
        assertThrows(
                IOException.class,
                () -> ModelDirectory.install(folder, "one", directory -> {
                    Files.writeString(directory.resolve("config.json"), "{}");
                    throw new IOException("the disk is full");
                }));

        assertEquals(0, entries());
    }

    @Test
    void installing_again_replaces_what_lay_there() throws IOException {
        ModelDirectory.Installed first = install("one", "weights");
        ModelDirectory.Installed second = install("one", "other weights");

        assertNotEquals(first.sha256(), second.sha256());
        ModelDirectory.verify(folder.resolve("one"), second.sha256());
        assertEquals(1, entries());
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
        Problem problem = assertThrows(Problem.class, () -> ModelDirectory.verify(folder.resolve("gone"), "00"));

        assertEquals(ProblemCode.MODEL_DAMAGED, problem.code());
        assertTrue(problem.getMessage().contains("gone"), problem.getMessage());
    }

    @Test
    void a_name_never_leads_out_of_the_folder() {
        assertThrows(Problem.class, () -> ModelDirectory.resolve(folder, "../elsewhere"));
        assertThrows(Problem.class, () -> ModelDirectory.resolve(folder, "/etc"));
        assertThrows(Problem.class, () -> ModelDirectory.resolve(folder, "."));
    }

    @Test
    void only_old_leftovers_of_killed_processes_are_swept() throws IOException {
        install("one", "weights");
        Path old = Files.createDirectory(folder.resolve(".incoming-old"));
        Path young = Files.createDirectory(folder.resolve(".incoming-young"));
        Files.writeString(old.resolve("model.safetensors"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

        ModelDirectory.sweep(folder);

        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young));
        assertTrue(Files.exists(folder.resolve("one")));
    }

    private ModelDirectory.Installed install(String name, String weights) throws IOException {
        return ModelDirectory.install(folder, name, directory -> {
            Files.writeString(directory.resolve("config.json"), "{}");
            Files.writeString(directory.resolve("model.safetensors"), weights);
        });
    }

    private static void assertDamaged(ModelDirectory.Installed installed, String what) {
        Problem problem =
                assertThrows(Problem.class, () -> ModelDirectory.verify(installed.directory(), installed.sha256()));
        assertEquals(ProblemCode.MODEL_DAMAGED, problem.code());
        assertTrue(problem.getMessage().contains(what), problem.getMessage());
    }

    private long entries() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
