package io.replyloop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.reports.HandlingView.Bucket;
import io.replyloop.reports.HandlingView.Times;
import io.replyloop.reports.ReportWorld.Asked;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.replyloop.training.ScheduleService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test has days of its own, long ago, since others use the same database. */
@QuarkusTest
class HandlingTest {
    @Inject
    ReportService reports;

    @Inject
    ScheduleService schedule;

    @Inject
    ReportWorld world;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private SignedInAgent ada;

    @BeforeEach
    void anAgent() {
        ada = team.newMember(Role.AGENT).agent();
    }

    private HandlingView report(String from, String to, String language) {
        return reports.report(
                        new ReportFilter(
                                LocalDate.parse(from), LocalDate.parse(to), ZoneId.of("UTC"), language, null, null),
                        200)
                .handling();
    }

    private Asked begun(String at, String text) {
        Asked asked = world.asked(Instant.parse(at), List.of(), List.of(), text);
        world.sql("update conversation set created_at = :at where id = :id", asked.at(), asked.conversation());
        return asked;
    }

    private void resolved(UUID conversation, String at) {
        world.wrote(conversation, Instant.parse(at), "status", "agent", "resolved");
    }

    @Test
    void conversations_count_when_they_begin_and_resolutions_when_they_happen() {
        Asked quick = begun("2002-03-04T10:00:00Z", "Where is my kite?");
        world.answered(quick, ada, Duration.ofSeconds(60), "On its way.", null);
        resolved(quick.conversation(), "2002-03-04T10:10:00Z");
        // Resolved once more without a word of the customer: nobody waited for that.
        resolved(quick.conversation(), "2002-03-04T11:00:00Z");
        // And again after the customer came back.
        world.wrote(quick.conversation(), Instant.parse("2002-03-05T09:00:00Z"), "message", "customer", null);
        world.wrote(quick.conversation(), Instant.parse("2002-03-05T09:30:00Z"), "message", "agent", null);
        resolved(quick.conversation(), "2002-03-05T11:00:00Z");
        Asked open = begun("2002-03-05T08:00:00Z", "风筝在哪里？");
        world.answered(open, ada, Duration.ofSeconds(300), "在路上。", null);
        Asked spam = begun("2002-03-05T08:00:00Z", "Buy kites!");
        world.change("update conversation set spam = true where id = :id", Map.of("id", spam.conversation()));

        HandlingView both = report("2002-03-04", "2002-03-05", null);

        assertThat(both.begun()).isEqualTo(2);
        assertThat(both.firstResponses()).isEqualTo(new Times(3, 300.0, 1_500.0));
        assertThat(both.resolutions()).isEqualTo(new Times(2, 3_900.0, 6_540.0));
        assertThat(both.overTime())
                .containsExactly(
                        new Bucket(
                                LocalDate.parse("2002-03-04"), 1, new Times(1, 60.0, 60.0), new Times(1, 600.0, 600.0)),
                        new Bucket(
                                LocalDate.parse("2002-03-05"),
                                1,
                                new Times(2, 1_050.0, 1_650.0),
                                new Times(1, 7_200.0, 7_200.0)));
        assertThat(report("2002-03-05", "2002-03-05", null).begun()).isEqualTo(1);
        assertThat(report("2002-03-04", "2002-03-05", "zh").begun()).isEqualTo(1);
        assertThat(report("2002-03-04", "2002-03-05", "zh").resolutions()).isEqualTo(Times.NONE);
    }

    @Test
    void the_summary_says_what_the_reports_of_both_periods_say() {
        UUID kite = chat.published("A kite needs wind.");
        Instant now = Instant.now();
        for (Duration ago : List.of(Duration.ofMinutes(30), Duration.ofDays(3), Duration.ofDays(10))) {
            Asked asked = world.asked(now.minus(ago), List.of(kite), List.of(), "What does a kite need?");
            world.sql("update conversation set created_at = :at where id = :id", asked.at(), asked.conversation());
            world.answered(asked, ada, Duration.ofMinutes(2), "A kite needs wind.", kite);
            world.wrote(asked.conversation(), asked.at().plusSeconds(600), "status", "agent", "resolved");
        }
        SummaryView summary = reports.summary(7);
        ReportFilter days = new ReportFilter(
                summary.from(), summary.to(), ZoneId.of(schedule.schedule().timeZone()), null, null, null);

        same(summary.now(), reports.report(days, 200));
        same(summary.before(), reports.report(days.before(), 200));
        assertThat(summary.to()).isEqualTo(summary.from().plusDays(6));
        assertThat(summary.now().handling().begun()).isGreaterThanOrEqualTo(2);
        assertThat(summary.before().total().sent()).isGreaterThanOrEqualTo(1);
    }

    private static void same(SummaryView.Figures figures, ReportView report) {
        assertThat(figures.total()).isEqualTo(report.total());
        assertThat(figures.overTime()).isEqualTo(report.overTime());
        assertThat(figures.handling()).isEqualTo(report.handling());
        assertThat(figures.satisfaction().total())
                .isEqualTo(report.satisfaction().total());
        assertThat(figures.satisfaction().overTime())
                .isEqualTo(report.satisfaction().overTime());
        assertThat(figures.satisfaction().agents()).isEmpty();
    }
}
