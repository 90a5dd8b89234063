package io.replyloop.bert.network;

import ai.djl.Device;
import io.replyloop.platform.DaemonThreads;
import java.nio.file.Path;

/** PyTorch, ahead of its first use. */
public final class NativeEngine {
    private static final System.Logger LOG = System.getLogger(NativeEngine.class.getName());

    private NativeEngine() {}

    /**
     * Loads the native libraries and compiles the network's script once while the caller goes on: seconds that the first
     * model to be opened need not wait for. A failure is left to that model, which reports it.
     */
    public static void loadInBackground() {
        DaemonThreads.start("bert-load", () -> {
            try {
                Network.empty(Device.cpu()).close();
            } catch (RuntimeException | Error failure) {
                LOG.log(System.Logger.Level.DEBUG, "PyTorch cannot be loaded yet", failure);
            }
        });
    }

    /** Where it is remembered which precision {@link Precision#AUTO} has decided on; unless told, the data folder. */
    public static void rememberIn(Path dataFolder) {
        RememberedPrecision.keepIn(dataFolder);
    }

    /**
     * From now on the network computes at the lowest priority: where the JVM is told to heed priorities, messages that
     * somebody waits for go before it. Loading is not slowed down that way.
     */
    public static void standBack() {
        Torch.run(() -> Thread.currentThread().setPriority(Thread.MIN_PRIORITY));
    }
}
