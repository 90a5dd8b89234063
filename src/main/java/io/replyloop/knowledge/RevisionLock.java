package io.replyloop.knowledge;

import jakarta.persistence.EntityManager;

/** Whoever changes the knowledge base waits here for whoever does already, until their transaction ends. */
final class RevisionLock {
    private RevisionLock() {}

    /** @return the revision that there is */
    static long take(EntityManager entities) {
        return ((Number) entities.createNativeQuery("select revision from knowledge_revision for update", Long.class)
                        .getSingleResult())
                .longValue();
    }
}
