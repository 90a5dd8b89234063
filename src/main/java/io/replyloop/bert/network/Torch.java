package io.replyloop.bert.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.replyloop.bert.tokenizer.NativeFolder;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The single thread that calls PyTorch. Each calling thread keeps native arenas and an OpenMP team of its own, so a
 * second one would take memory that is never freed and compete for the same cores.
 */
public final class Torch {
    private static final ExecutorService NATIVE = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "bert-native");
        // DJL finds its engine through the context class loader; the caller's need not contain DJL's jars.
        thread.setContextClassLoader(Engine.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    });
    private static boolean ready;

    private Torch() {}

    /**
     * Runs a task on the native thread and waits for it. If the caller is interrupted, a task that has not begun is
     * withdrawn.
     */
    public static <T> T call(Callable<T> task) {
        if (Thread.currentThread().getName().equals("bert-native")) {
            return callHere(task);
        }
        Future<T> future;
        try {
            future = NATIVE.submit(() -> {
                prepareThread();
                return task.call();
            });
        } catch (RejectedExecutionException e) {
            throw new CancellationException("the application is stopping");
        }
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the network");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    public static void run(Runnable task) {
        call(() -> {
            task.run();
            return null;
        });
    }

    private static <T> T callHere(Callable<T> task) {
        try {
            return task.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * When the JVM exits, it runs the destructors of the native libraries, which unload the code that the native thread
     * may be executing. Therefore the JVM waits for the call in progress.
     */
    private static void finishBeforeExit() {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            NATIVE.shutdown();
                            try {
                                NATIVE.awaitTermination(30, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "bert-native-exit"));
    }

    /** Whether the JVM is exiting, so that native memory need not be freed. */
    static boolean ending() {
        return NATIVE.isShutdown();
    }

    private static void prepareThread() {
        if (!ready) {
            finishBeforeExit();
            NativeFolder.prepare();
            Engine.getEngine("PyTorch");
            // Shapes change with every batch; the profiling executor would recompile for each.
            JniUtils.setGraphExecutorOptimize(false);
            ready = true;
        }
    }

    static PtNDManager manager(Device device) {
        return (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(device);
    }

    public static int threads() {
        return call(JniUtils::getNumThreads);
    }

    public static void setThreads(int threads) {
        int wanted = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        run(() -> {
            if (JniUtils.getNumThreads() != wanted) {
                JniUtils.setNumThreads(wanted);
            }
        });
    }

    static void seed(long seed) {
        run(() -> JniUtils.setSeed(seed));
    }

    /** {@code auto} selects the first GPU that PyTorch finds. */
    public static Device device(String name) {
        int gpus = call(() -> Engine.getEngine("PyTorch").getGpuCount());
        if (name.equals("auto")) {
            return gpus > 0 ? Device.gpu(0) : Device.cpu();
        }
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        if (!name.matches("cuda(:\\d{1,3})?")) {
            throw new IllegalArgumentException("device '" + name + "' is none of auto, cpu, cuda:N");
        }
        int index = name.length() > 5 ? Integer.parseInt(name.substring(5)) : 0;
        if (index >= gpus) {
            throw new IllegalArgumentException("device '" + name + "' is not there: PyTorch sees " + gpus
                    + " GPUs; set PYTORCH_LIBRARY_PATH and PYTORCH_FLAVOR for a CUDA build, or use cpu");
        }
        return Device.gpu(index);
    }
}
