package io.replyloop.bert.network;

import io.replyloop.bert.checkpoint.BertFamily;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The TorchScript of a network, assembled from files: the common modules, the family's {@code Model}, then losses,
 * optimiser and the class {@code Network}, whose methods are called from Java. TorchScript has no inheritance, so
 * families differ by the file that defines {@code Model}, and tasks by the file that begins {@code Network}.
 */
final class NetworkScript {
    /** The purpose of a network. */
    enum Task {
        CLASSIFICATION,
        MASKED,
        VECTORS
    }

    private static final Pattern DEFINITION = Pattern.compile("^(?:class|def) (\\w+)", Pattern.MULTILINE);

    private NetworkScript() {}

    static String of(BertFamily family, Task task) {
        List<String> files = new ArrayList<>(List.of("tensors", "serving", "modules", "batch"));
        files.addAll(
                switch (family) {
                    case GPT2 -> List.of("attention", "gpt2");
                    case XLNET -> List.of("xlnet");
                    default -> List.of("attention", "bert");
                });
        if (task == Task.CLASSIFICATION && family != BertFamily.GPT2) {
            files.add("head");
        }
        files.addAll(List.of("losses", "optimizer", task.name().toLowerCase(Locale.ROOT), "learning"));
        return join(files);
    }

    /** Only losses and optimiser, for the parameters of another module. */
    static String adopted() {
        return join(List.of("tensors", "losses", "optimizer", "adopted", "learning"));
    }

    /** Matrix arithmetic without a network. */
    static String arithmetic() {
        return join(List.of("serving", "arithmetic"));
    }

    private static String join(List<String> files) {
        return qualified(files.stream().map(NetworkScript::read).collect(Collectors.joining()));
    }

    /** An archive requires qualified names for classes and functions; the files use short ones for readability. */
    private static String qualified(String source) {
        String names = DEFINITION
                .matcher(source)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .collect(Collectors.joining("|"));
        // Neither at the definition, nor an attribute of the same name.
        return source.replaceAll("(?<![\\w.])(?<!class |def )(" + names + ")(?!\\w)(?! :)", "__torch__.$1");
    }

    private static String read(String name) {
        try (InputStream in = NetworkScript.class.getResourceAsStream(name + ".torchscript")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
