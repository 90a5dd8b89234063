package io.replyloop.exchange;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.replyloop.knowledge.FrequentReplies;
import io.replyloop.knowledge.KnowledgeService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jboss.logging.Logger;

/** Imports the replies of a small online shop; only for the demo profile. */
@ApplicationScoped
class DemoKnowledge {
    private static final Logger LOG = Logger.getLogger(DemoKnowledge.class);
    private static final String FILE = "/demo/knowledge.jsonl";

    /** What the shop's visitors are offered before they write. */
    private static final List<String> FREQUENT = List.of(
            "tracking", "delivery_time", "return_policy", "tracking_zh", "delivery_time_zh", "return_policy_zh");

    private final KnowledgeImport imports;
    private final KnowledgeService knowledge;
    private final FrequentReplies frequent;

    DemoKnowledge(KnowledgeImport imports, KnowledgeService knowledge, FrequentReplies frequent) {
        this.imports = imports;
        this.knowledge = knowledge;
        this.frequent = frequent;
    }

    void start(@Observes StartupEvent event) {
        if (ConfigUtils.isProfileActive("demo")) {
            bring();
        }
    }

    /** Imports only once: a knowledge base with any reply, even an archived one, is left unchanged. */
    @Transactional
    void bring() {
        if (imports.runWhenEmpty(file())) {
            knowledge.all().stream()
                    .filter(reply -> FREQUENT.contains(reply.label()))
                    .forEach(reply -> frequent.mark(reply.id(), true));
            LOG.info("The demo knowledge base has been imported.");
        }
    }

    static byte[] file() {
        try (InputStream in = DemoKnowledge.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("The application was built without " + FILE);
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
