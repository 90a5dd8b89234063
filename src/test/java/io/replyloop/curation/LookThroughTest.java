package io.replyloop.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditLog;
import io.replyloop.platform.Page;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What happens when others do something at the same moment, or the database is away. */
@QuarkusTest
class LookThroughTest extends CuratedConversation {
    @Inject
    Findings findings;

    @Inject
    LookThrough look;

    @Inject
    ExampleList list;

    @Inject
    CurationConfig config;

    @Inject
    AuditLog audit;

    @Test
    void of_two_looks_at_the_same_time_one_stays() {
        Findings.Basis basis = findings.basis();

        CompletableFuture<Void> other = QuarkusTransaction.requiringNew().call(() -> {
            findings.replace(basis, 1, 1, false, null, List.of());
            CompletableFuture<Void> begun =
                    CompletableFuture.runAsync(() -> findings.replace(basis, 2, 1, false, null, List.of()));
            await().until(() -> begun.isDone() || lookWaits());
            return begun;
        });
        other.join();

        assertThat(one("select count(*) from curation_look")).isEqualTo(1);
        assertThat(findings.newest().orElseThrow().examples()).isEqualTo(2);
    }

    @Test
    void a_moment_without_a_database_is_no_failed_look() {
        RuntimeException away = new PersistenceException(new SQLException("terminated", "57P01"));

        assertThat(hasFailedAfter(away)).isFalse();
        assertThat(hasFailedAfter(new IllegalStateException("a defect"))).isTrue();
    }

    @Test
    void an_example_that_is_erased_while_a_queue_is_read_is_left_out() {
        long erased = Long.MAX_VALUE;
        long there = example(sent).<Integer>path("id");
        Findings read = new Findings(null) {
            @Override
            List<Item> open(Queue queue, int after, Integer limit) {
                return List.of(
                        new Item(UUID.randomUUID(), 0, null, List.of(erased, there)),
                        new Item(UUID.randomUUID(), 1, null, List.of(erased)));
            }
        };
        QueueService queues = new QueueService(read, look, list, config, audit);

        Page<QueueItemView> page = queues.items(Queue.CONTRADICTION, null, 10);

        assertThat(page.items()).hasSize(1);
        assertThat(page.items().get(0).examples()).extracting(ExampleView::id).containsExactly(there);
    }

    private boolean hasFailedAfter(RuntimeException failure) {
        LookThrough failing = new LookThrough(
                new Findings(null) {
                    @Override
                    Basis basis() {
                        throw failure;
                    }
                },
                null,
                config);
        failing.begin();
        await().until(() -> failing.progress() == null);
        failing.stop(null);
        return failing.hasFailed();
    }

    private boolean lookWaits() {
        return one("select count(*) from pg_locks where locktype = 'advisory' and not granted") > 0;
    }

    private long one(String query) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(query, Long.class).getSingleResult());
    }
}
