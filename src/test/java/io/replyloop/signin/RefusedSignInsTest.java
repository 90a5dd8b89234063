package io.replyloop.signin;

import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.Actor;
import io.replyloop.audit.AuditEntries;
import io.replyloop.audit.AuditEntryView;
import io.replyloop.identity.Role;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RefusedSignInsTest {
    @Inject
    Team team;

    @Inject
    RefusedSignIns refused;

    @Inject
    AuditEntries entries;

    private Team.Member anna;
    private long start;

    @BeforeEach
    void anna() {
        team.sql("delete from sign_in_failure where address <> :value", "");
        anna = team.newMember(Role.AGENT);
        start = entries.newest();
    }

    private List<AuditEntryView> aboutAnna() {
        return entries.after(start).stream()
                .filter(entry -> entry.action().equals("session.refused"))
                .filter(entry -> anna.agent().id().toString().equals(entry.objectId()))
                .toList();
    }

    private static void triesToSignIn(String email, String password) {
        nobody().body(Map.of("email", email, "password", password))
                .post("/api/session")
                .then()
                .statusCode(401);
    }

    @Test
    void a_wrong_password_of_an_account_is_written_down_and_what_was_typed_is_not() {
        triesToSignIn(anna.agent().email(), "a guess that fails");

        await().until(() -> aboutAnna().size() == 1);
        AuditEntryView entry = aboutAnna().get(0);
        assertThat(entry.actorKind()).isEqualTo("visitor");
        assertThat(entry.actorId()).isNull();
        assertThat(entry.address()).isEqualTo("127.0.0.1");
        assertThat(entry.label()).isEqualTo(anna.agent().name());
        assertThat(entries.rowsAfter(start)).noneMatch(row -> row.contains("a guess that fails"));
    }

    @Test
    void what_belongs_to_no_account_is_not_written_down() {
        String typed = UUID.randomUUID() + "@nobody.example";
        triesToSignIn(typed, "whatever it was");
        // Whatever comes of the first attempt is written before what comes of this one is looked at.
        refused.record(Actor.VISITOR, typed, "192.0.2.7");

        assertThat(entries.rowsAfter(start)).noneMatch(row -> row.contains(typed));
    }

    @Test
    void whoever_is_signed_in_and_does_not_know_their_password_is_named() {
        refused.record(anna.agent().actor(), anna.agent().email(), "192.0.2.7");

        assertThat(aboutAnna())
                .extracting(AuditEntryView::actorId)
                .isEqualTo(List.of(anna.agent().id()));
    }

    @Test
    void guessing_does_not_fill_the_log_and_the_last_entry_says_that_more_came() {
        for (int attempt = 0; attempt < 3 * RefusedSignIns.MOST_AN_HOUR; attempt++) {
            refused.record(Actor.VISITOR, anna.agent().email(), "192.0.2." + attempt);
        }

        List<AuditEntryView> written = aboutAnna();
        assertThat(written).hasSize(RefusedSignIns.MOST_AN_HOUR);
        assertThat(written.get(RefusedSignIns.MOST_AN_HOUR - 1)
                        .after()
                        .path("moreNotRecorded")
                        .asBoolean())
                .isTrue();
        assertThat(written.subList(0, RefusedSignIns.MOST_AN_HOUR - 1))
                .extracting(AuditEntryView::after)
                .containsOnlyNulls();
    }
}
