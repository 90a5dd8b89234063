package io.replyloop.ranking;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replyloop.model.ModelVersionView;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The product's ranker with a model from a directory, without server and database; for evaluation. */
public final class DirectoryRanker implements AutoCloseable {
    private static final int BEFORE_ALL_OTHERS = 1_000;
    /** The server's deadline. With a longer budget, requests within it must not be given up earlier. */
    private static final Duration AT_LEAST = Duration.ofSeconds(2);

    private final Ranker ranker;

    /**
     * @param model a directory in Hugging Face layout; null for the first stage alone
     * @param budget replaces the configured budget; null to use that
     */
    public DirectoryRanker(Path model, Duration budget) {
        Map<String, String> asked = budget == null
                ? Map.of()
                : Map.of(
                        "replyloop.ranking.budget",
                        budget.toString(),
                        "replyloop.ranking.deadline",
                        budget.plus(AT_LEAST).toString());
        RankingConfig config = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(asked, "asked for", BEFORE_ALL_OTHERS))
                .withMappingIgnore("replyloop.**")
                .withMapping(RankingConfig.class)
                .build()
                .getConfigMapping(RankingConfig.class);
        ranker = new Ranker(config, new SimpleMeterRegistry());
        if (model != null) {
            UUID id = UUID.nameUUIDFromBytes(model.toString().getBytes(StandardCharsets.UTF_8));
            ranker.serve(ranker.open(new ModelVersionView(id, 1, model)));
        }
    }

    public Ranker ranker() {
        return ranker;
    }

    @Override
    public void close() {
        ranker.close();
    }
}
