package io.replyloop.ranking;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.model.EncoderFolder;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.retrieval.Encoders;
import io.replyloop.retrieval.TextVectors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Opens the encoder in parallel with the start; if it has been replaced since the last start, also the previous one.
 */
@Singleton
class ServingEncoder implements Encoders {
    private static final Logger LOG = Logger.getLogger(ServingEncoder.class);

    private final EncoderFolder folder;
    private final RankingConfig config;
    private final MeterRegistry metrics;
    private volatile List<OpenEncoder> open = List.of();
    private final CountDownLatch settled = new CountDownLatch(1);
    private boolean ended;

    ServingEncoder(EncoderFolder folder, RankingConfig config, MeterRegistry metrics) {
        this.folder = folder;
        this.config = config;
        this.metrics = metrics;
    }

    /** Runs once the beans exist, before the first access to the database. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {
        DaemonThreads.start("encoder-loader", () -> {
            try {
                open();
            } finally {
                settled.countDown();
            }
        });
    }

    void open() {
        Optional<Path> current = folder.current();
        if (current.isEmpty()) {
            return;
        }
        List<OpenEncoder> opened = new ArrayList<>();
        open(current.get()).ifPresent(opened::add);
        folder.before(current.get()).flatMap(this::open).ifPresent(opened::add);
        synchronized (this) {
            if (ended) {
                opened.forEach(OpenEncoder::close);
            } else {
                open = List.copyOf(opened);
            }
        }
    }

    private Optional<OpenEncoder> open(Path directory) {
        try {
            CrossEncoderOptions usual = config.options();
            CrossEncoderOptions options = new CrossEncoderOptions(
                    Encoder.whereSomebodyWaits(config.encoderPrecision(), usual.device()),
                    usual.device(),
                    config.encoderLength(),
                    usual.threads());
            Dispatcher.Limits limits = new Dispatcher.Limits(config.queueTokens(), config.encoderBatchTokens());
            return Optional.of(new OpenEncoder(directory, options, limits, config.encoderPatience(), metrics));
        } catch (RuntimeException | Error damaged) {
            LOG.errorf(damaged, "Could not open the encoder in %s", directory);
            return Optional.empty();
        }
    }

    @Override
    public List<TextVectors> available() {
        return List.copyOf(open);
    }

    @Override
    public void await(Duration most) {
        try {
            settled.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the encoder has been opened, or is known to be unusable. */
    boolean isSettled() {
        return settled.getCount() == 0;
    }

    @Override
    public void serves(TextVectors vectors) {
        for (OpenEncoder one : open) {
            if (one == vectors) {
                folder.serves(one.directory());
            } else {
                one.close();
            }
        }
        open = open.stream().filter(one -> one == vectors).toList();
    }

    synchronized void atEnd(@Observes ShutdownEvent event) {
        ended = true;
        open.forEach(OpenEncoder::close);
    }
}
