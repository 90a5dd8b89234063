package io.replyloop.model;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Versions for a test, which leave the database as it was: other tests share its champion. */
class TestModels {
    private final ModelRegistry registry;
    private final EntityManager database;
    private final List<UUID> versions = new ArrayList<>();
    private final List<UUID> agents = new ArrayList<>();

    TestModels(ModelRegistry registry, EntityManager database) {
        this.registry = registry;
        this.database = database;
    }

    ModelVersionView registered() {
        try {
            String name = "test-" + UUID.randomUUID();
            ModelVersionView version = registry.register(
                    "import", null, ModelDirectory.install(registry.folder(), name, this::files), null);
            cleanUpAfter(version);
            return version;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path files(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("config.json"), "{\"test\": \"" + UUID.randomUUID() + "\"}");
        Files.writeString(directory.resolve("model.safetensors"), "weights");
        return directory;
    }

    void cleanUpAfter(ModelVersionView version) {
        versions.add(version.id());
    }

    UUID agent() {
        UUID id = UUID.randomUUID();
        agents.add(id);
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery("insert into agent_account (id, email, name, password_hash, role)"
                                + " values (:id, :email, 'Ada', 'none', 'admin')")
                        .setParameter("id", id)
                        .setParameter("email", id + "@example.org")
                        .executeUpdate());
        return id;
    }

    long promotionsOf(UUID model) {
        return QuarkusTransaction.requiringNew().call(() -> ModelPromotion.count("modelId", model));
    }

    void cleanUp() {
        QuarkusTransaction.requiringNew().run(() -> {
            ModelPromotion.delete("modelId in ?1", versions);
            ModelVersion.delete("id in ?1", versions);
            agents.forEach(agent -> database.createNativeQuery("delete from agent_account where id = :id")
                    .setParameter("id", agent)
                    .executeUpdate());
        });
    }
}
