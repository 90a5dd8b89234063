package io.replyloop.suggestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A conversation that is erased while its suggestions are being stored. */
@QuarkusTest
class ErasedMeanwhileTest {
    @Inject
    TestChat chat;

    @Inject
    EntityManager database;

    @Inject
    Team team;

    @Test
    void what_is_stored_waits_for_an_erasure_under_way_and_is_left_out_without_a_failure() {
        UUID reply = chat.published("A parcel takes a week.");
        UUID conversation = chat.silentConversation("How long does it take?");
        CompletableFuture<String> storing = new CompletableFuture<>();

        QuarkusTransaction.requiringNew().run(() -> {
            database.createNativeQuery("delete from conversation where id = :id")
                    .setParameter("id", conversation)
                    .executeUpdate();
            CompletableFuture.runAsync(() -> {
                try {
                    storing.complete("stored " + chat.impression(conversation, List.of(reply), List.of()));
                } catch (RuntimeException failure) {
                    storing.complete(failure.getMessage());
                }
            });
            await().until(() -> team.count(
                            "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                    + " and query like '%' || :value || '%'",
                            "insert into impression")
                    > 0);
        });

        assertThat(storing.join()).isEqualTo("The impression was not stored");
    }
}
