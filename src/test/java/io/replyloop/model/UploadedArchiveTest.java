package io.replyloop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UploadedArchiveTest {
    private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, byte[]> ONE = Map.of("config.json", JSON);

    @TempDir
    Path folder;

    static Stream<Arguments> hostile() {
        byte[] whole = Archives.zip(Archives.checkpoint("bert-2labels"));
        return Stream.of(
                Arguments.of("a path upwards", Archives.zip(Map.of("../evil.json", JSON)), "leads elsewhere"),
                Arguments.of(
                        "a path upwards in a tar", Archives.tar(Map.of("a/../../evil.json", JSON), null), "elsewhere"),
                Arguments.of("an absolute path", Archives.tar(Map.of("/etc/evil.json", JSON), null), "leads elsewhere"),
                Arguments.of("a path of Windows", Archives.tar(Map.of("..\\evil.json", JSON), null), "leads elsewhere"),
                Arguments.of("a link in a tar", Archives.tar(ONE, "model.safetensors"), "is a link"),
                Arguments.of("a link in a zip", Archives.zipWithLink(ONE, "model.safetensors"), "is a link"),
                Arguments.of("a pickle", Archives.zip(Map.of("pytorch_model.bin", JSON)), "can hold a program"),
                Arguments.of("TorchScript", Archives.zip(Map.of("model.pt", JSON)), "can hold a program"),
                Arguments.of("a program", Archives.zip(Map.of("modeling_bert.py", JSON)), "can hold a program"),
                Arguments.of("another format", Archives.zip(Map.of("model.onnx", JSON)), "'model.onnx' is no file"),
                Arguments.of(
                        "a folder in the folder", Archives.zip(Map.of("a/b/config.json", JSON)), "folder of its own"),
                Arguments.of("two folders", Archives.zip(Archives.with(ONE, "b/vocab.txt", JSON)), "in another folder"),
                Arguments.of(
                        "a name that differs in case alone",
                        Archives.zip(Archives.with(ONE, "CONFIG.json", JSON)),
                        "is there twice"),
                Arguments.of("no archive", "Hello".getBytes(StandardCharsets.UTF_8), "neither a .zip nor a .tar.gz"),
                Arguments.of("nothing", new byte[0], "neither a .zip nor a .tar.gz"),
                Arguments.of("an empty archive", Archives.tar(Map.of(), null), "no file of a model"),
                Arguments.of("half an archive", Arrays.copyOf(whole, whole.length / 2), "damaged or incomplete"),
                Arguments.of("many entries", Archives.zip(many()), "more than 200 entries"),
                Arguments.of("a long list", Archives.zipWithLongList(20_000), "list of contents is longer"),
                Arguments.of("a method of others", Archives.zipByMethod(93, ONE), "unusual method (93)"),
                Arguments.of("another method", Archives.zipByMethod(20, ONE), "unusual method (20)"),
                Arguments.of(
                        "a long name",
                        Archives.tarWithHeader(TarConstants.LF_GNUTYPE_LONGNAME, letters(3 << 20)),
                        "a name or a header of more than 1 MiB"),
                Arguments.of(
                        "a long header",
                        Archives.tarWithHeader(TarConstants.LF_PAX_EXTENDED_HEADER_LC, letters(3 << 20)),
                        "a name or a header of more than 1 MiB"),
                Arguments.of(
                        "much that systems leave behind",
                        Archives.tar(Map.of("__MACOSX/more", new byte[(64 << 20) + 1]), null),
                        "more than 64 MiB that belong to no model"));
    }

    private static byte[] letters(int many) {
        return (many + " path=" + "a".repeat(many)).substring(0, many).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> many() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 201; i++) {
            files.put("a" + i + ".json", JSON);
        }
        return files;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void what_is_no_model_directory_is_refused_with_the_reason(String what, byte[] archive, String reason)
            throws IOException {
        Problem problem = refused(archive, 1 << 20);

        assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_REFUSED);
        assertThat(problem.getMessage()).contains(reason);
        assertThat(folder.resolve("evil.json")).doesNotExist();
    }

    @Test
    void what_grows_beyond_the_limit_is_stopped_there() throws IOException {
        byte[] zeros = new byte[3 << 20];

        for (byte[] bomb : new byte[][] {
            Archives.zip(Map.of("model.safetensors", zeros)), Archives.tar(Map.of("model.safetensors", zeros), null)
        }) {
            assertThat(bomb.length).isLessThan(100_000);
            assertThat(refused(bomb, 1 << 20).code()).isEqualTo(ProblemCode.TOO_LARGE);
        }
        try (Stream<Path> left = Files.list(folder.resolve("files"))) {
            assertThat(left)
                    .allSatisfy(file -> assertThat(file.toFile().length()).isLessThanOrEqualTo(1 << 20));
        }
    }

    @Test
    void files_in_one_folder_come_without_it_and_what_systems_leave_behind_is_left_out() throws IOException {
        Map<String, byte[]> files = Archives.with(
                Archives.with(
                        Archives.within("reranker", Archives.checkpoint("bert-2labels")), "reranker/.DS_Store", JSON),
                "__MACOSX/reranker/._config.json",
                JSON);
        for (byte[] archive : new byte[][] {Archives.zip(files), Archives.tar(files, null)}) {
            Path into = Files.createTempDirectory(folder, "whole");
            UploadedArchive.unpack(written(archive), into, 1 << 30);

            try (Stream<Path> unpacked = Files.list(into)) {
                assertThat(unpacked.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrderElementsOf(
                                Archives.checkpoint("bert-2labels").keySet());
            }
        }
    }

    private Problem refused(byte[] archive, long longest) throws IOException {
        Path into = Files.createDirectories(folder.resolve("files"));
        Path file = written(archive);
        return assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> UploadedArchive.unpack(file, into, longest))
                .actual();
    }

    private Path written(byte[] archive) throws IOException {
        return Files.write(folder.resolve("archive"), archive);
    }
}
