package io.replyloop.bert.network;

import ai.djl.Device;
import io.replyloop.platform.DaemonThreads;
import java.nio.file.Path;

/** Prepares PyTorch before its first use. */
public final class NativeEngine {
    private static final System.Logger LOG = System.getLogger(NativeEngine.class.getName());

    private NativeEngine() {}

    /**
     * Loads the native libraries and compiles the network's script once in the background, which saves the first model
     * seconds. A failure is left to that model, which reports it.
     */
    public static void loadInBackground() {
        DaemonThreads.start("bert-load", () -> {
            try {
                Network.empty(Device.cpu()).close();
            } catch (RuntimeException | Error failure) {
                LOG.log(System.Logger.Level.DEBUG, "Could not preload PyTorch", failure);
            }
        });
    }

    /** Sets the folder in which the choice of {@link Precision#AUTO} is remembered; the default is the data folder. */
    public static void rememberIn(Path dataFolder) {
        RememberedPrecision.keepIn(dataFolder);
    }

    /**
     * Runs the network at the lowest priority from now on: if the JVM is configured to respect thread priorities,
     * messages that somebody waits for take precedence. Loading is not slowed down.
     */
    public static void standBack() {
        Torch.run(() -> Thread.currentThread().setPriority(Thread.MIN_PRIORITY));
    }
}
