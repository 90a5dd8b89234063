package io.replyloop.bert.tokenizer;

import java.nio.file.Path;

/** The folder into which the native libraries of tokenizer and network are unpacked. */
public final class NativeFolder {
    private NativeFolder() {}

    /** Disables downloads, and leaves existing settings unchanged. */
    public static synchronized void prepare() {
        setDefault("ai.djl.offline", "true");
        setDefault("OPT_OUT_TRACKING", "true");
        String folder = System.getProperty("replyloop.native-dir");
        if (folder != null && !folder.isBlank()) {
            setDefault("ENGINE_CACHE_DIR", Path.of(folder).toAbsolutePath().toString());
            setDefault("DJL_CACHE_DIR", Path.of(folder).toAbsolutePath().toString());
        }
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null && System.getenv(name) == null) {
            System.setProperty(name, value);
        }
    }
}
