package io.replyloop.platform;

import jakarta.persistence.EntityManager;

/** PostgreSQL's advisory locks that end with the transaction: over all nodes, one after the other. */
public final class TransactionLock {
    private TransactionLock() {}

    /** Waits until nobody else holds it. */
    public static void hold(EntityManager database, long key) {
        database.createNativeQuery("select cast(pg_advisory_xact_lock(:key) as text)", String.class)
                .setParameter("key", key)
                .getSingleResult();
    }
}
