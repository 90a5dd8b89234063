package io.replyloop.identity;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.platform.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * The keys that sign customer tokens: the newest one signs, and all that are not retired verify. The first node that
 * needs a key creates it; the others find it in the table.
 */
@ApplicationScoped
public class SigningKeys {
    private static final Logger LOG = Logger.getLogger(SigningKeys.class);
    private static final long LOCK = 7_301_002L;
    private static final Duration FRESH = Duration.ofMinutes(1);
    /** Strangers can name keys that do not exist, which must not cause a database query each time. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    record Key(UUID id, byte[] secret, Instant createdAt) {}

    private record Known(List<Key> keys, Instant at) {
        boolean olderThan(Duration age) {
            return at.plus(age).isBefore(Instant.now());
        }
    }

    private final Session entities;
    private final ExecutorService executor;
    private final AtomicBoolean loading = new AtomicBoolean();
    private volatile Known known = new Known(List.of(), Instant.EPOCH);

    SigningKeys(Session entities, @VirtualThreads ExecutorService executor) {
        this.entities = entities;
        this.executor = executor;
    }

    Key signing() {
        if (known.keys().isEmpty() || known.olderThan(FRESH)) {
            reload();
        }
        if (known.keys().isEmpty()) {
            make();
            reload();
        }
        return known.keys().get(0);
    }

    /** Also one that signs and verifies nothing any more: what was sealed with it has to be opened. */
    Optional<Key> everKnown(UUID id) {
        Optional<Key> current = find(id.toString());
        return current.isPresent()
                ? current
                : entities.createNativeQuery(
                                "select id, secret, created_at from signing_key where id = :id", Object[].class)
                        .setParameter("id", id)
                        .getResultStream()
                        .findFirst()
                        .map(row -> new Key((UUID) row[0], (byte[]) row[1], (Instant) row[2]));
    }

    Optional<Key> verifying(String id) {
        if (known.olderThan(FRESH) || (find(id).isEmpty() && known.olderThan(PATIENCE))) {
            reload();
        }
        return find(id);
    }

    /**
     * Returns a key that is already known here, for callers that must not wait; outdated keys are reloaded in the
     * background.
     */
    Optional<Key> verifyingAtOnce(String id) {
        if (known.olderThan(FRESH) && loading.compareAndSet(false, true)) {
            executor.execute(this::loadUnasked);
        }
        return find(id);
    }

    private void loadUnasked() {
        try {
            reload();
        } catch (RuntimeException away) {
            LOG.debug("Could not read the signing keys", away);
        } finally {
            loading.set(false);
        }
    }

    private Optional<Key> find(String id) {
        return known.keys().stream()
                .filter(key -> key.id().toString().equals(id))
                .findFirst();
    }

    // Separate transactions: only committed keys may be cached, whatever happens to the caller's transaction.
    private void make() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        QuarkusTransaction.requiringNew().run(() -> {
            TransactionLock.hold(entities, LOCK);
            entities.createNativeMutationQuery("insert into signing_key (id, secret) select :id, :secret"
                            + " where not exists (select 1 from signing_key where retired_at is null)")
                    .setParameter("id", UUID.randomUUID())
                    .setParameter("secret", secret)
                    .executeUpdate();
        });
    }

    private void reload() {
        List<Key> keys = QuarkusTransaction.requiringNew()
                .call(() -> entities
                        .createNativeQuery(
                                "select id, secret, created_at from signing_key where retired_at is null",
                                Object[].class)
                        .getResultList()
                        .stream()
                        .map(row -> new Key((UUID) row[0], (byte[]) row[1], (Instant) row[2]))
                        .sorted(Comparator.comparing(Key::createdAt).reversed())
                        .toList());
        known = new Known(keys, Instant.now());
    }
}
