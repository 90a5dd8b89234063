package io.replyloop.exchange;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jboss.logging.Logger;

/** Imports the replies of a small online shop; only for the demo profile. */
@ApplicationScoped
class DemoKnowledge {
    private static final Logger LOG = Logger.getLogger(DemoKnowledge.class);
    private static final String FILE = "/demo/knowledge.jsonl";

    private final KnowledgeImport imports;

    DemoKnowledge(KnowledgeImport imports) {
        this.imports = imports;
    }

    void start(@Observes StartupEvent event) {
        if (ConfigUtils.isProfileActive("demo")) {
            bring();
        }
    }

    /** Imports only once: a knowledge base with any reply, even an archived one, is left unchanged. */
    void bring() {
        if (imports.runWhenEmpty(file())) {
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
