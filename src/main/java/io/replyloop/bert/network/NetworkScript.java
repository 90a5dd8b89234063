package io.replyloop.bert.network;

import io.replyloop.bert.checkpoint.BertFamily;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The TorchScript of a family. {@code network.torchscript} is BERT's, with losses and optimiser, which all share. Another
 * family's file has only the methods in which it differs, and they take the place of those of the same name: TorchScript
 * itself has no inheritance.
 */
final class NetworkScript {
    private static final String METHOD = "  def ";

    private NetworkScript() {}

    static String of(BertFamily family) {
        Map<String, StringBuilder> methods = new LinkedHashMap<>();
        read("network", methods);
        if (!family.hasBertLayers()) {
            read(family.modelType, methods);
        }
        return String.join("", methods.values());
    }

    /** Under the name of each method its lines, and under no name what the first file has before its methods. */
    private static void read(String name, Map<String, StringBuilder> methods) {
        String script;
        try (InputStream in = NetworkScript.class.getResourceAsStream(name + ".torchscript")) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StringBuilder method = new StringBuilder();
        methods.putIfAbsent("", method);
        for (String line : script.split("\n")) {
            if (line.startsWith(METHOD)) {
                method = new StringBuilder();
                methods.put(line.substring(METHOD.length(), line.indexOf('(')), method);
            }
            method.append(line).append('\n');
        }
    }
}
