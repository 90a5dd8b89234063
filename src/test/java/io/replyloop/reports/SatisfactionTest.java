package io.replyloop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditLog;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.reports.ReportWorld.Asked;
import io.replyloop.reports.SatisfactionView.OfAgent;
import io.replyloop.reports.SatisfactionView.Scores;
import io.replyloop.signin.Team;
import io.replyloop.training.ScheduleService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days long ago that no other test has. */
@QuarkusTest
class SatisfactionTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Inject
    ReportService reports;

    @Inject
    ReportWorld world;

    @Inject
    Team team;

    @Inject
    Session database;

    @Inject
    ScheduleService schedule;

    @Inject
    AuditLog audit;

    private SignedInAgent ada;

    @BeforeEach
    void anAgent() {
        ada = team.newMember(Role.AGENT).agent();
    }

    private Asked asked(String at, String question) {
        return world.asked(Instant.parse(at), List.of(), List.of(), question);
    }

    /** @param score a number, or null for somebody who would rather not say */
    private void rated(Asked asked, String resolvedAt, SignedInAgent agent, String score) {
        world.change(
                "insert into conversation_rating (conversation_id, resolution, public_sequence, resolved_by,"
                        + " resolved_at, score, act, rated_at)"
                        + " select :id, count(*) + 10, 10, :agent, :at, cast(" + score + " as smallint),"
                        + " gen_random_uuid(), :at from conversation_rating where conversation_id = :id",
                Map.of("id", asked.conversation(), "at", Instant.parse(resolvedAt), "agent", agent.id()));
    }

    private static ReportFilter days(String from, String to, String language, UUID agent) {
        return new ReportFilter(LocalDate.parse(from), LocalDate.parse(to), BERLIN, language, null, agent);
    }

    private Scores total(String language, UUID agent) {
        return reports.report(days("2003-08-08", "2003-08-09", language, agent), 200)
                .satisfaction()
                .total();
    }

    @Test
    void ratings_count_on_the_day_of_the_resolution_and_for_who_resolved() {
        SignedInAgent ben = team.newMember(Role.AGENT).agent();
        Asked one = asked("2003-08-08T10:00:00Z", "Where is my parcel?");
        Asked other = asked("2003-08-08T11:00:00Z", "包裹在哪里？");
        // The day of Berlin ends between these two.
        rated(one, "2003-08-08T21:59:00Z", ada, "5");
        rated(one, "2003-08-08T22:01:00Z", ada, "2");
        rated(other, "2003-08-09T10:00:00Z", ben, "4");
        rated(other, "2003-08-09T11:00:00Z", ben, "null");

        SatisfactionView found = reports.report(days("2003-08-08", "2003-08-09", null, null), 200)
                .satisfaction();

        assertThat(found.total()).isEqualTo(new Scores(3, 2, 1, 11 / 3.0));
        assertThat(found.overTime())
                .containsExactly(
                        new SatisfactionView.Bucket(LocalDate.parse("2003-08-08"), new Scores(1, 1, 0, 5.0)),
                        new SatisfactionView.Bucket(LocalDate.parse("2003-08-09"), new Scores(2, 1, 1, 3.0)));
        assertThat(found.agents())
                .containsExactlyInAnyOrder(
                        new OfAgent(ada.id(), ada.name(), new Scores(2, 1, 1, 3.5)),
                        new OfAgent(ben.id(), ben.name(), new Scores(1, 1, 0, 4.0)));
        assertThat(total("zh", null)).isEqualTo(new Scores(1, 1, 0, 4.0));
        assertThat(total("other", null).count()).isEqualTo(2);
        assertThat(total(null, ben.id())).isEqualTo(new Scores(1, 1, 0, 4.0));
    }

    @Test
    void where_agents_are_not_told_apart_their_ratings_are_not_either() {
        rated(asked("2003-09-09T10:00:00Z", "Where is my parcel?"), "2003-09-09T12:00:00Z", ada, "1");
        ReportService discreet = new ReportService(database, schedule, new Discreet(), audit);

        SatisfactionView found = QuarkusTransaction.requiringNew()
                .call(() -> discreet.report(days("2003-09-09", "2003-09-09", null, null), 200))
                .satisfaction();

        assertThat(found.total()).isEqualTo(new Scores(1, 0, 1, 1.0));
        assertThat(found.agents()).isEmpty();
    }

    private static final class Discreet implements ReportsConfig {
        @Override
        public boolean byAgent() {
            return false;
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public boolean firstDay() {
            return true;
        }

        @Override
        public int rest() {
            return 4;
        }
    }
}
