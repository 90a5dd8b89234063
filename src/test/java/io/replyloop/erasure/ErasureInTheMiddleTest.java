package io.replyloop.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.MessageContent;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerNotes;
import io.replyloop.identity.Customers;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What others do while somebody is erased, and what becomes of it when the server dies. */
@QuarkusTest
class ErasureInTheMiddleTest extends AskedCustomer {
    @Inject
    Customers customers;

    @Inject
    CustomerNotes notes;

    @Test
    void an_erasure_waits_for_a_copy_that_is_not_committed_yet() {
        UUID customer = ask().customer();
        CompletableFuture<ErasureReport> erasure = new CompletableFuture<>();
        QuarkusTransaction.requiringNew().run(() -> {
            datasets.freeze(1);
            CompletableFuture.supplyAsync(
                            () -> erasures.erase(customer, admin.agent().id(), null))
                    .thenAccept(erasure::complete);
            await().atMost(Duration.ofSeconds(20)).until(() -> traces.waitingForALock() > 0);
        });

        assertThat(erasure.join().removed().path("frozen-examples").asInt()).isPositive();
        assertThat(traces.inDatabase(word)).isEmpty();
    }

    @Test
    void a_customer_who_begins_another_conversation_at_that_moment_is_erased_with_it() {
        Asked asked = ask();
        conversations.changeStatus(
                agent.agent(), asked.conversation(), UUID.randomUUID(), ConversationStatus.RESOLVED, null);
        CompletableFuture<ErasureReport> erasure = QuarkusTransaction.requiringNew()
                .call(() -> {
                    CustomerIdentity customer = customers.find(asked.customer()).orElseThrow();
                    conversations.customerMessage(
                            customer, UUID.randomUUID(), MessageContent.of("Another " + word), true);
                    CompletableFuture<ErasureReport> under = CompletableFuture.supplyAsync(
                            () -> erasures.erase(asked.customer(), admin.agent().id(), null));
                    await().atMost(Duration.ofSeconds(20)).until(() -> waitingForAConversation() > 0);
                    return under;
                });

        assertThat(erasure.join().removed().path("conversations").asInt()).isEqualTo(2);
        assertThat(traces.inDatabase(word)).isEmpty();
    }

    @Test
    void an_erasure_waits_for_a_note_that_is_not_committed_yet() {
        UUID customer = ask().customer();
        CompletableFuture<ErasureReport> erasure = QuarkusTransaction.requiringNew()
                .call(() -> {
                    notes.add(customer, agent.agent(), UUID.randomUUID(), "Asks for " + word);
                    CompletableFuture<ErasureReport> under = CompletableFuture.supplyAsync(
                            () -> erasures.erase(customer, admin.agent().id(), null));
                    await().atMost(Duration.ofSeconds(20)).until(() -> traces.waitingForALock() > 0);
                    return under;
                });

        assertThat(erasure.join().removed().path("customer-notes").asInt()).isEqualTo(1);
        assertThat(traces.inDatabase(word)).isEmpty();
    }

    private long waitingForAConversation() {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                        + " and datname = current_database() and query ilike '%from conversation %'"
                                        + " and pid <> pg_backend_pid()",
                                Long.class)
                        .getSingleResult());
    }

    /** As after kill -9 of the server: PostgreSQL ends the transaction of whoever is gone. */
    @Test
    void an_erasure_that_is_killed_in_the_middle_has_erased_nothing_and_can_be_asked_for_again() {
        UUID customer = ask().customer();
        datasets.freeze(1);
        List<String> before = stored();
        CompletableFuture<ErasureReport> killed = QuarkusTransaction.requiringNew()
                .call(() -> {
                    // The row that goes last.
                    session.createNativeQuery("select 1 from customer where id = :id for update", Integer.class)
                            .setParameter("id", customer)
                            .getSingleResult();
                    CompletableFuture<ErasureReport> erasure = CompletableFuture.supplyAsync(
                            () -> erasures.erase(customer, admin.agent().id(), null));
                    await().atMost(Duration.ofSeconds(20)).until(() -> killedWhileDeleting() > 0);
                    return erasure;
                });

        assertThatExceptionOfType(CompletionException.class).isThrownBy(killed::join);
        assertThat(stored()).hasSameElementsAs(before);
        assertThat(erasures.list(null, 100).items())
                .noneMatch(report -> report.customer().equals(customer));

        assertThat(erasures.erase(customer, admin.agent().id(), null)
                        .removed()
                        .path("frozen-examples")
                        .asInt())
                .isPositive();
        assertThat(traces.inDatabase(word)).isEmpty();
    }

    /** But for the words to search for, which are made whenever there is time. */
    private List<String> stored() {
        return traces.inDatabase(word).stream()
                .filter(column -> !column.equals("searchable_message.words"))
                .toList();
    }

    private long killedWhileDeleting() {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event_type ="
                                        + " 'Lock' and datname = current_database()"
                                        + " and query like '%delete from customer %' and pid <> pg_backend_pid()",
                                Long.class)
                        .getSingleResult());
    }
}
