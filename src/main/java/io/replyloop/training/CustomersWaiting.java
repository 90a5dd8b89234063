package io.replyloop.training;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.replyloop.conversation.ConversationAdvanced;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.suggestion.SuggestionsReady;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells the worker on this machine that people are being served: from a message, or suggestions that have become ready,
 * until none has come for {@link TrainingConfig#standBackAfter}. Suggestions for one question take a fraction of that, so
 * whatever waits in a queue keeps the signal up by what becomes ready before it.
 */
@Startup
@ApplicationScoped
public class CustomersWaiting {
    private static final Logger LOG = Logger.getLogger(CustomersWaiting.class);

    private final WaitingSignal signal;
    private final Duration afterwards;

    CustomersWaiting(ApplicationFolder files, TrainingConfig config, MeterRegistry metrics) {
        signal = open(files.folder("training").resolve(WaitingSignal.FILE));
        afterwards = possible(config.standBackAfter());
        Gauge.builder("replyloop.training.customers.waiting", signal, told -> told.customersWait() ? 1 : 0)
                .description("1 while training on this machine stands back, because people are being served")
                .register(metrics);
        FunctionCounter.builder(
                        "replyloop.training.stood.back",
                        signal,
                        told -> told.stoodBack().toNanos() / (double) TimeUnit.SECONDS.toNanos(1))
                .description("For how long training on this machine has stood back for customers")
                .baseUnit("seconds")
                .register(metrics);
    }

    static Duration possible(Duration standBackAfter) {
        if (standBackAfter.isNegative() || standBackAfter.compareTo(WaitingSignal.LONGEST) > 0) {
            throw new IllegalArgumentException("replyloop.training.stand-back-after must be from 0s to "
                    + WaitingSignal.LONGEST.toSeconds() + "s, and is " + standBackAfter.toSeconds() + "s");
        }
        return standBackAfter;
    }

    private static WaitingSignal open(Path file) {
        try {
            return WaitingSignal.open(file);
        } catch (IOException unwritable) {
            LOG.warnf("%s cannot be written, so training does not stand back for customers: %s", file, unwritable);
            return WaitingSignal.silent();
        }
    }

    void onMessage(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConversationAdvanced advanced) {
        serves();
    }

    void onSuggestions(@Observes(during = TransactionPhase.AFTER_SUCCESS) SuggestionsReady ready) {
        serves();
    }

    private void serves() {
        if (!afterwards.isZero()) {
            signal.waitFor(afterwards);
        }
    }
}
