package io.replyloop.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditObject.Kind;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuditLogTest {
    @Inject
    AuditLog log;

    @Inject
    AuditEntries entries;

    @Inject
    Session database;

    private final UUID site = UUID.randomUUID();

    private AuditEntryView recorded() {
        List<AuditEntryView> added = entries.addedBy(() -> record("Corner shop"));
        assertThat(added).hasSize(1);
        return added.get(0);
    }

    private void record(String label) {
        QuarkusTransaction.requiringNew()
                .run(() -> log.record(
                        Actor.account(site, "Grace"),
                        AuditAction.SITE_CHANGED,
                        AuditObject.of(Kind.SITE, site, label),
                        AuditDetails.between(Map.of("color", "#000000"), Map.of("color", "#ffffff"))));
    }

    @Test
    void an_entry_says_who_did_what_to_what_and_what_has_changed() {
        AuditEntryView entry = recorded();

        assertThat(entry.actorKind()).isEqualTo("account");
        assertThat(entry.actorId()).isEqualTo(site);
        assertThat(entry.actorName()).isEqualTo("Grace");
        assertThat(entry.action()).isEqualTo("site.changed");
        assertThat(entry.objectKind()).isEqualTo("site");
        assertThat(entry.objectId()).isEqualTo(site.toString());
        assertThat(entry.label()).isEqualTo("Corner shop");
        assertThat(entry.before().toString()).isEqualTo("{\"color\":\"#000000\"}");
        assertThat(entry.after().toString()).isEqualTo("{\"color\":\"#ffffff\"}");
        assertThat(entry.at())
                .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(300));
        assertThat(entry.address()).as("nobody has asked over the network").isNull();
    }

    @Test
    void without_a_request_the_application_has_acted() {
        List<AuditEntryView> added = entries.addedBy(() -> QuarkusTransaction.requiringNew()
                .run(() -> log.record(
                        AuditAction.TRAINING_SCHEDULE_CHANGED,
                        AuditObject.theOnly(Kind.TRAINING_SCHEDULE),
                        AuditDetails.none())));

        assertThat(added).extracting(AuditEntryView::actorKind).isEqualTo(List.of("system"));
    }

    @Test
    void an_act_that_is_rolled_back_leaves_no_entry() {
        List<AuditEntryView> added = entries.addedBy(() -> assertThatThrownBy(
                        () -> QuarkusTransaction.requiringNew().run(() -> {
                            record(Actor.SYSTEM);
                            throw new IllegalStateException("the act failed");
                        }))
                .hasMessageContaining("the act failed"));

        assertThat(added).isEqualTo(List.of());
    }

    private void record(Actor actor) {
        log.record(actor, AuditAction.SITE_CREATED, AuditObject.of(Kind.SITE, site, "Shop"), AuditDetails.none());
    }

    @Test
    void an_entry_without_an_act_around_it_is_refused() {
        assertThatThrownBy(() -> record(Actor.SYSTEM)).hasStackTraceContaining("Transaction is required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set label = 'x' where id = %d",
                "update audit_entry set actor_name = 'Somebody else' where id = %d",
                "update audit_entry set label = null, details = null, erased_at = now() where id = %d",
                "delete from audit_entry where id = %d",
                "truncate audit_entry"
            })
    void nothing_changes_an_entry(String statement) {
        AuditEntryView entry = recorded();

        assertThatThrownBy(() -> entries.sql(statement.formatted(entry.id())))
                .hasStackTraceContaining("The audit log is append-only");

        assertThat(entries.after(entry.id() - 1)).contains(entry);
    }

    @Test
    void the_reason_of_an_erasure_outlives_another_one() {
        UUID customer = UUID.randomUUID();
        List<AuditEntryView> added = entries.addedBy(() -> QuarkusTransaction.requiringNew()
                .run(() -> log.record(
                        AuditAction.CUSTOMER_ERASED,
                        AuditObject.of(Kind.CUSTOMER, customer, null),
                        AuditDetails.of(Map.of("reason", "Asked for by mail")))));

        assertThat(entries.inTransaction(() -> log.erase(Kind.CUSTOMER, List.of(customer.toString()))))
                .isZero();
        assertThat(entries.after(added.get(0).id() - 1)).containsAll(added);
    }

    @Test
    void an_erasure_takes_label_and_details_and_nothing_else() {
        AuditEntryView entry = recorded();
        UUID other = UUID.randomUUID();
        QuarkusTransaction.requiringNew()
                .run(() -> log.record(
                        Actor.SYSTEM,
                        AuditAction.SITE_CREATED,
                        AuditObject.of(Kind.SITE, other, "Another"),
                        AuditDetails.none()));

        assertThat(entries.inTransaction(() -> log.erase(Kind.SITE, List.of(site.toString()))))
                .isEqualTo(1);

        List<AuditEntryView> since = entries.after(entry.id() - 1);
        AuditEntryView erased = since.get(0);
        assertThat(erased.erasedAt()).isNotNull();
        assertThat(erased.label()).isNull();
        assertThat(erased.before()).isNull();
        assertThat(erased.after()).isNull();
        assertThat(erased)
                .usingRecursiveComparison()
                .ignoringFields("label", "before", "after", "erasedAt")
                .isEqualTo(entry);
        assertThat(since)
                .filteredOn(each -> other.toString().equals(each.objectId()))
                .extracting(AuditEntryView::label)
                .isEqualTo(List.of("Another"));
        assertThat(entries.inTransaction(() -> log.erase(Kind.SITE, List.of(site.toString()))))
                .as("what is erased already")
                .isZero();
    }

    static Stream<String> whatTheDoorIsTooNarrowFor() {
        return Stream.of(
                "label = 'x', details = null, erased_at = now()",
                "label = null, details = '{\"after\": {\"color\": \"#abcdef\"}}', erased_at = now()",
                "label = null, details = null",
                "label = null, details = null, erased_at = now(), actor_name = 'Somebody else'",
                "label = null, details = null, erased_at = now(), action = 'site.created'",
                "label = null, details = null, erased_at = now(), at = at - interval '1 day'");
    }

    @ParameterizedTest
    @MethodSource("whatTheDoorIsTooNarrowFor")
    void whoever_opens_the_door_of_the_erasure_can_falsify_nothing(String change) {
        AuditEntryView entry = recorded();

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    database.createNativeQuery("select set_config('replyloop.audit_erasure', 'on', true)", String.class)
                            .getSingleResult();
                    database.createNativeMutationQuery("update audit_entry set " + change + " where id = " + entry.id())
                            .executeUpdate();
                }))
                .hasStackTraceContaining("The audit log is append-only");

        assertThat(entries.after(entry.id() - 1)).contains(entry);
    }

    @Test
    void the_door_of_the_erasure_is_shut_after_it_and_never_opens_for_a_deletion() {
        AuditEntryView entry = recorded();

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    log.erase(Kind.SITE, List.of(UUID.randomUUID().toString()));
                    database.createNativeMutationQuery("update audit_entry set label = null, details = null,"
                                    + " erased_at = now() where id = " + entry.id())
                            .executeUpdate();
                }))
                .hasStackTraceContaining("The audit log is append-only");
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    database.createNativeQuery("select set_config('replyloop.audit_erasure', 'on', true)", String.class)
                            .getSingleResult();
                    database.createNativeMutationQuery("delete from audit_entry where id = " + entry.id())
                            .executeUpdate();
                }))
                .hasStackTraceContaining("The audit log is append-only");
    }
}
