package io.replyloop.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditLog;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.platform.Problem;
import io.replyloop.reports.ReportView.Bucket;
import io.replyloop.reports.ReportView.Counts;
import io.replyloop.reports.ReportView.ReplyRow;
import io.replyloop.reports.ReportView.ResponseRow;
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
import java.util.Random;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test has days of its own, long ago, since others use the same database. */
@QuarkusTest
class ReportServiceTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    ReportService reports;

    @Inject
    ReportWorld world;

    @Inject
    FirstDayStore firstDays;

    @Inject
    KnowledgeService knowledge;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    @Inject
    Session database;

    @Inject
    ScheduleService schedule;

    @Inject
    AuditLog audit;

    private SignedInAgent ada;
    private UUID parcel;
    private UUID number;
    private UUID invoice;

    @BeforeEach
    void threeReplies() {
        ada = team.newMember(Role.AGENT).agent();
        parcel = chat.published("A parcel to Zanzibar travels for twelve days.");
        number = chat.published("Please tell us your order number.");
        invoice = chat.published("You can pay by invoice.");
    }

    @AfterEach
    void nothingStaysPublished() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
        world.forgetsWhatWasPublished();
    }

    private ReportView report(String from, String to) {
        return reports.report(filter(from, to), 200);
    }

    private static ReportFilter filter(String from, String to) {
        return new ReportFilter(LocalDate.parse(from), LocalDate.parse(to), BERLIN, null, null, null);
    }

    private Asked asked(String at) {
        return world.asked(Instant.parse(at), List.of(parcel, number), List.of(invoice), "Where is my parcel?");
    }

    private void sent(Asked asked, Duration after) {
        world.answered(asked, ada, after, "A parcel to Zanzibar travels for twelve days.", parcel);
    }

    private static Counts of(ReportView report, String day) {
        return report.overTime().stream()
                .filter(bucket -> bucket.start().equals(LocalDate.parse(day)))
                .map(Bucket::counts)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void days_are_those_of_the_team_also_when_the_clocks_go_back() {
        // Summer time ends on 26 October 2003: the day has 25 hours.
        sent(asked("2003-10-25T22:30:00Z"), MINUTE);
        world.answered(
                asked("2003-10-26T22:30:00Z"), ada, MINUTE, "A parcel to Zanzibar travels for ten days.", parcel);
        world.answered(asked("2003-10-26T23:30:00Z"), ada, MINUTE, "It is on its way.", null);

        ReportView report = report("2003-10-25", "2003-10-27");

        assertThat(of(report, "2003-10-25")).isEqualTo(Counts.NONE);
        assertThat(of(report, "2003-10-26")).isEqualTo(new Counts(2, 0, 2, 1, 1, 0, 0, 0));
        assertThat(of(report, "2003-10-27")).isEqualTo(new Counts(1, 0, 1, 0, 0, 0, 1, 0));
        assertThat(report.total()).isEqualTo(new Counts(3, 0, 3, 1, 1, 0, 1, 0));
        assertThat(report.unit()).isEqualTo("day");
        assertThat(report.acceptance().share()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(report.acceptance().margin())
                .as("three answers tell nothing about others")
                .isNull();
    }

    @Test
    void silence_rejections_and_looked_up_replies_are_told_apart() {
        Asked silent = world.asked(
                Instant.parse("2003-03-03T10:00:00Z"), List.of(), List.of(parcel, number), "Can I pay later?");
        world.answered(silent, ada, MINUTE, "You can pay by invoice.", invoice);
        world.rejected(asked("2003-03-03T11:00:00Z"), ada, number);
        Asked typed = asked("2003-03-03T12:00:00Z");
        world.answered(typed, ada, MINUTE, "You can pay by invoice.", null);

        ReportView report = report("2003-03-03", "2003-03-03");

        assertThat(report.total()).isEqualTo(new Counts(3, 1, 2, 0, 0, 2, 0, 1));
        assertThat(row(report, invoice)).isEqualTo(new ReplyRow(invoice, "Test", "tests", 0, 0, 0, 2, 0));
        assertThat(row(report, number)).isEqualTo(new ReplyRow(number, "Test", "tests", 2, 0, 0, 0, 1));
        assertThat(report.categories()).hasSize(1);
        assertThat(report.categories().get(0).counts()).isEqualTo(new Counts(2, 0, 2, 0, 0, 2, 0, 0));
        assertThat(report.agents()).hasSize(1);
        assertThat(report.agents().get(0).id()).isEqualTo(ada.id());
        assertThat(report.models()).hasSize(1);
        assertThat(report.models().get(0).model()).isEqualTo(0);
    }

    private static ReplyRow row(ReportView report, UUID reply) {
        return report.replies().stream()
                .filter(row -> row.id().equals(reply))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_answer_of_weeks_later_counts_on_the_day_of_its_question() {
        Asked asked = asked("2003-05-05T10:00:00Z");
        assertThat(report("2003-05-05", "2003-05-05").total().answers()).isEqualTo(0);

        sent(asked, Duration.ofDays(16));

        assertThat(report("2003-05-05", "2003-05-05").total()).isEqualTo(new Counts(1, 0, 1, 1, 0, 0, 0, 0));
        assertThat(report("2003-05-21", "2003-05-21").total()).isEqualTo(Counts.NONE);
    }

    @Test
    void what_a_customer_adds_before_anybody_answers_is_the_same_question() {
        UUID conversation = chat.silentConversation("Hello", "Where is my parcel?");
        world.change(
                "delete from conversation_event where conversation_id = :id and sequence = 2",
                Map.of("id", conversation));
        UUID begun = chat.impression(conversation, List.of(), List.of());
        world.change(
                "insert into conversation_event (conversation_id, sequence, public_sequence, kind, author_kind, text)"
                        + " values (:id, 2, 2, 'message', 'customer', 'Where is my parcel?')",
                Map.of("id", conversation));
        UUID whole = chat.impression(conversation, List.of(parcel), List.of());
        Instant at = Instant.parse("2003-06-06T10:00:00Z");
        world.sql("update impression set created_at = :at where id = :id", at, begun);
        world.sql("update impression set created_at = :at where id = :id", at.plusSeconds(5), whole);

        assertThat(report("2003-06-06", "2003-06-06").total()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void the_time_to_answer_is_from_the_first_message_that_waits_to_the_teams_next() {
        Asked quick = asked("2003-07-07T10:00:00Z");
        sent(quick, Duration.ofSeconds(60));
        // The same customer again: not a first response until the conversation was resolved.
        world.wrote(quick.conversation(), Instant.parse("2003-07-07T11:00:00Z"), "message", "customer", null);
        world.wrote(quick.conversation(), Instant.parse("2003-07-07T11:00:30Z"), "message", "customer", null);
        world.wrote(quick.conversation(), Instant.parse("2003-07-07T11:05:00Z"), "message", "agent", null);
        world.wrote(quick.conversation(), Instant.parse("2003-07-07T11:06:00Z"), "message", "agent", null);
        world.wrote(quick.conversation(), Instant.parse("2003-07-07T11:07:00Z"), "status", "agent", "resolved");
        world.wrote(quick.conversation(), Instant.parse("2003-07-07T12:00:00Z"), "message", "customer", null);
        world.wrote(quick.conversation(), Instant.parse("2003-07-07T12:02:00Z"), "message", "agent", null);
        Asked own = asked("2003-07-07T13:00:00Z");
        world.answered(own, ada, Duration.ofSeconds(900), "It is on its way.", null);

        List<ResponseRow> responses = report("2003-07-07", "2003-07-07").responses();

        assertThat(responses)
                .containsExactlyInAnyOrder(
                        new ResponseRow("taken", false, 1, 60, 60),
                        new ResponseRow("taken", true, 1, 60, 60),
                        new ResponseRow("passed", false, 1, 900, 900),
                        new ResponseRow("passed", true, 1, 900, 900),
                        // 300 s and 120 s.
                        new ResponseRow("none", false, 2, 210, 282),
                        new ResponseRow("none", true, 1, 120, 120));
    }

    @Test
    void filters_select_by_language_category_and_agent() {
        sent(asked("2003-08-08T10:00:00Z"), MINUTE);
        Asked chinese = world.asked(Instant.parse("2003-08-08T11:00:00Z"), List.of(parcel), List.of(), "我的包裹在哪里？");
        SignedInAgent ben = team.newMember(Role.AGENT).agent();
        world.answered(chinese, ben, MINUTE, "在路上。", null);

        assertThat(filtered("zh", null, null)).isEqualTo(new Counts(1, 0, 1, 0, 0, 0, 1, 0));
        assertThat(filtered("other", null, null)).isEqualTo(new Counts(1, 0, 1, 1, 0, 0, 0, 0));
        assertThat(filtered(null, "tests", null)).isEqualTo(new Counts(1, 0, 1, 1, 0, 0, 0, 0));
        assertThat(filtered(null, null, ben.id())).isEqualTo(new Counts(1, 0, 1, 0, 0, 0, 1, 0));
    }

    private Counts filtered(String language, String category, UUID agent) {
        LocalDate day = LocalDate.parse("2003-08-08");
        return reports.report(new ReportFilter(day, day, BERLIN, language, category, agent), 200)
                .total();
    }

    @Test
    void replies_that_nobody_used_are_listed() {
        sent(asked("2003-09-09T10:00:00Z"), MINUTE);
        for (UUID reply : List.of(parcel, number)) {
            published("2003-01-01T00:00:00Z", reply);
        }

        ReportView.Coverage coverage = report("2003-09-09", "2003-09-09").coverage();

        assertThat(coverage.published()).as("the invoice was published later").isEqualTo(2);
        assertThat(coverage.used()).isEqualTo(1);
        assertThat(coverage.unused()).hasSize(1);
        assertThat(coverage.unused().get(0).id()).isEqualTo(number);
    }

    private void published(String at, UUID reply) {
        world.sql(
                "update reply_version set changed_at = :at where reply_id = :id and state = 'published'",
                Instant.parse(at),
                reply);
    }

    @Test
    void what_learning_brought_is_told_on_the_same_questions() {
        for (int i = 0; i < 40; i++) {
            Asked asked = asked("2003-11-11T10:00:00Z");
            sent(asked, MINUTE);
            // Every second question would have been missed.
            firstDays.keep(asked.impression(), i % 2 == 0 ? 2 : 0, 3);
        }
        sent(asked("2003-11-11T12:00:00Z"), MINUTE);

        ReportView.Learning learning = report("2003-11-11", "2003-11-11").learning();

        assertThat(learning.count()).isEqualTo(40);
        assertThat(learning.waiting()).isEqualTo(1);
        assertThat(learning.first().with()).isEqualTo(1);
        assertThat(learning.first().without()).isEqualTo(0);
        assertThat(learning.among().without()).isEqualTo(0.5);
        // 0.5 ± 1.96 * sqrt(0.25 / 39)
        assertThat(learning.among().low()).isCloseTo(0.5 - 0.1569, within(1e-3));
        assertThat(learning.among().high()).isCloseTo(0.5 + 0.1569, within(1e-3));
        assertThat(learning.overTime()).hasSize(1);
    }

    @Test
    void days_add_up_to_the_whole_and_so_do_parts() {
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            Instant at = Instant.parse("2004-02-20T00:00:00Z").plusSeconds(random.nextInt(19 * 86_400));
            Asked asked = random.nextInt(4) == 0
                    ? world.asked(at, List.of(), List.of(parcel), "Anything?")
                    : world.asked(at, List.of(parcel, number), List.of(), "Where is my parcel?");
            switch (random.nextInt(5)) {
                case 0 -> sent(asked, MINUTE);
                case 1 -> world.answered(asked, ada, MINUTE, "A parcel travels for twelve days.", parcel);
                case 2 -> world.answered(asked, ada, MINUTE, "You can pay by invoice.", invoice);
                case 3 -> world.answered(asked, ada, MINUTE, "I do not know.", null);
                default -> assertThat(asked.impression()).isNotNull();
            }
        }
        ReportView report = report("2004-02-20", "2004-03-10");

        List<ToLongFunction<Counts>> figures = List.of(
                Counts::questions,
                Counts::silent,
                Counts::answers,
                Counts::sent,
                Counts::edited,
                Counts::lookedUp,
                Counts::own,
                Counts::rejected);
        for (ToLongFunction<Counts> figure : figures) {
            long days = report.overTime().stream()
                    .mapToLong(day -> figure.applyAsLong(day.counts()))
                    .sum();
            assertThat(days).isEqualTo(figure.applyAsLong(report.total()));
        }
        Counts total = report.total();
        assertThat(total.questions()).isEqualTo(60);
        assertThat(total.sent() + total.edited() + total.lookedUp() + total.own())
                .isEqualTo(total.answers());
        assertThat(report.agents().stream()
                        .mapToLong(row -> row.counts().answers())
                        .sum())
                .isEqualTo(total.answers());
        assertThat(report.replies().stream().mapToLong(ReplyRow::used).sum()).isEqualTo(total.answers() - total.own());
    }

    @Test
    void what_is_erased_no_longer_counts() {
        Asked asked = asked("2003-12-12T10:00:00Z");
        sent(asked, MINUTE);
        firstDays.keep(asked.impression(), 1, 3);
        assertThat(report("2003-12-12", "2003-12-12").learning().count()).isEqualTo(1);

        world.change("delete from conversation where id = :id", Map.of("id", asked.conversation()));

        ReportView report = report("2003-12-12", "2003-12-12");
        assertThat(report.total()).isEqualTo(Counts.NONE);
        assertThat(report.learning().count()).isEqualTo(0);
        assertThat(report.responses()).hasSize(0);
    }

    private record Config(boolean byAgent, Duration timeout) implements ReportsConfig {
        @Override
        public boolean firstDay() {
            return false;
        }

        @Override
        public int rest() {
            return 0;
        }
    }

    private ReportService with(boolean byAgent, Duration timeout) {
        return new ReportService(database, schedule, new Config(byAgent, timeout), audit);
    }

    @Test
    void where_agents_are_not_told_apart_no_figure_of_theirs_is_given() {
        sent(asked("2003-04-04T10:00:00Z"), MINUTE);
        ReportService discreet = with(false, Duration.ofSeconds(10));

        ReportView report =
                QuarkusTransaction.requiringNew().call(() -> discreet.report(filter("2003-04-04", "2003-04-04"), 200));

        assertThat(report.total().answers()).isEqualTo(1);
        assertThat(report.agents()).hasSize(0);
        assertThat(report.byAgent()).isFalse();
        assertThatThrownBy(() -> discreet.filter(null, null, null, null, ada.id()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("replyloop.reports.by-agent");
    }

    @Test
    void a_report_that_takes_too_long_is_given_up() {
        ReportService hasty = with(true, Duration.ofMillis(1));

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew()
                        .run(() -> hasty.report(filter("2003-01-01", "2005-12-31"), 200)))
                .hasStackTraceContaining("Choose a shorter period");
    }
}
