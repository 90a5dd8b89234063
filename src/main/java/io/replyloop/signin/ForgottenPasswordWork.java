package io.replyloop.signin;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.RepeatedTask;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Answers those who have asked for a new password, beside their requests. */
@Singleton
class ForgottenPasswordWork {
    private static final Logger LOG = Logger.getLogger(ForgottenPasswordWork.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final long STOP_SECONDS = 5;

    private final ForgottenPasswords forgotten;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("forgotten-passwords"));
    private volatile boolean stopped;

    ForgottenPasswordWork(ForgottenPasswords forgotten) {
        this.forgotten = forgotten;
    }

    void start(@Observes StartupEvent event) {
        if (forgotten.areMailed()) {
            RepeatedTask.every(LOOK, thread, this::look);
        }
    }

    void wake() {
        try {
            thread.execute(new RepeatedTask(this::look));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("The server is stopping; what was asked is answered after the next start", stopping);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        thread.shutdown();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }

    private void look() {
        DatabaseAway.orLater(
                () -> {
                    while (!stopped && forgotten.answerOne()) {
                        LOG.debug("Somebody who had asked for a new password was answered");
                    }
                },
                LOG,
                "those who have forgotten their password are answered later");
    }
}
