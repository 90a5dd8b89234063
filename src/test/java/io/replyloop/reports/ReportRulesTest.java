package io.replyloop.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditLog;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.reports.ReportView.Counts;
import io.replyloop.reports.ReportWorld.Asked;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.replyloop.training.ScheduleService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts as what, and for whom there is a place. Each test has days of its own, long ago. */
@QuarkusTest
class ReportRulesTest {
    private static final String PARCEL = "A parcel to Zanzibar travels for twelve days.";
    private static final String NUMBER = "Please tell us your order number.";
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

    @BeforeEach
    void twoReplies() {
        ada = team.newMember(Role.AGENT).agent();
        parcel = chat.published(PARCEL);
        number = chat.published(NUMBER);
    }

    @AfterEach
    void nothingStaysPublished() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
        world.forgetsWhatWasPublished();
    }

    private static ReportFilter on(String day) {
        return new ReportFilter(LocalDate.parse(day), LocalDate.parse(day), ZoneOffset.UTC, null, null, null);
    }

    private Asked asked(String day) {
        return world.asked(
                Instant.parse(day + "T10:00:00Z"), List.of(parcel, number), List.of(), "Where is my parcel?");
    }

    @Test
    void a_suggestion_that_was_written_over_is_an_own_text() {
        world.answered(asked("2002-05-05"), ada, MINUTE, "A parcel to Zanzibar travels for ten days.", parcel);
        Asked rewritten = asked("2002-05-05");
        world.answered(rewritten, ada, MINUTE, "I have no idea, but I shall ask a colleague of mine.", parcel);

        ReportView report = reports.report(on("2002-05-05"), 200);

        assertThat(report.total()).isEqualTo(new Counts(2, 0, 2, 0, 1, 0, 1, 0));
        assertThat(report.acceptance().share()).isEqualTo(0.5);
        assertThat(report.learning().waiting())
                .as("its right reply is not known")
                .isEqualTo(1);
        assertThat(firstDays.waiting(Instant.parse("2002-05-05T00:00:00Z"), Integer.MAX_VALUE, List.of()))
                .extracting(FirstDayStore.Waiting::impression)
                .doesNotContain(rewritten.impression());
    }

    @Test
    void answers_of_versions_that_did_not_know_count_as_they_did() {
        Asked old = asked("2002-06-06");
        world.answered(old, ada, MINUTE, "I have no idea, but I shall ask a colleague of mine.", parcel);
        world.change("update decision set accepted = null where impression_id = :id", Map.of("id", old.impression()));

        assertThat(reports.report(on("2002-06-06"), 200).total()).isEqualTo(new Counts(1, 0, 1, 0, 1, 0, 0, 0));
    }

    @Test
    void of_a_random_order_counts_what_the_models_had_meant() {
        UUID conversation = chat.silentConversation("Where is my parcel?");
        Asked shuffled = new Asked(
                conversation,
                chat.shuffled(conversation, List.of(parcel, number)),
                Instant.parse("2002-07-07T10:00:00Z"));
        world.sql("update impression set created_at = :at where id = :id", shuffled.at(), shuffled.impression());
        world.answered(shuffled, ada, MINUTE, PARCEL, parcel);
        firstDays.keep(shuffled.impression(), 1, 2);

        ReportView report = reports.report(on("2002-07-07"), 200);

        assertThat(report.total().sent()).isEqualTo(1);
        assertThat(report.learning().first().with())
                .as("the second on the screen, and the first of the models")
                .isEqualTo(1);
    }

    @Test
    void what_was_published_in_a_period_counts_in_it_whatever_became_of_it() {
        world.sql(
                "update reply_version set changed_at = :at where reply_id = :id",
                Instant.parse("2002-08-01T00:00:00Z"),
                parcel);
        knowledge.archive(parcel, null);
        // A draft for years, and published now.
        world.sql("update reply set created_at = :at where id = :id", Instant.parse("2002-08-01T00:00:00Z"), number);

        ReportView.Coverage then = reports.report(on("2002-08-08"), 200).coverage();

        assertThat(then.unused()).extracting(ReportView.Unused::id).containsExactly(parcel);
        assertThat(then.published()).isEqualTo(1);
        assertThat(reports.report(on("2002-07-31"), 200).coverage().published()).isZero();
    }

    private static final class Slow implements ReportsConfig {
        private final CountDownLatch goesOn = new CountDownLatch(1);

        @Override
        public boolean byAgent() {
            return true;
        }

        /** Asked once a report has its place. */
        @Override
        public Duration timeout() {
            try {
                goesOn.await();
            } catch (InterruptedException given) {
                Thread.currentThread().interrupt();
            }
            return Duration.ofSeconds(10);
        }

        @Override
        public boolean firstDay() {
            return false;
        }

        @Override
        public int rest() {
            return 0;
        }
    }

    @Test
    void the_database_reads_an_offset_as_it_was_meant() {
        for (String zone : List.of("+05:00", "GMT+5", "UTC-03:30", "Etc/GMT-5", "Asia/Shanghai", "Z")) {
            ReportFilter filter = ReportFilter.of(
                    "2026-03-01",
                    "2026-03-01",
                    null,
                    null,
                    null,
                    ZoneId.of(zone),
                    Instant.parse("2026-06-01T00:00:00Z"));
            LocalDateTime read = QuarkusTransaction.requiringNew()
                    .call(() -> database.createNativeQuery(
                                    "select cast(:at as timestamptz) at time zone :zone", LocalDateTime.class)
                            .setParameter("at", "2026-03-01T00:00:00Z")
                            .setParameter("zone", filter.databaseZone())
                            .getSingleResult());
            assertThat(read)
                    .as(zone)
                    .isEqualTo(LocalDateTime.ofInstant(Instant.parse("2026-03-01T00:00:00Z"), ZoneId.of(zone)));
        }
    }

    @Test
    void whoever_comes_third_waits_for_a_place() throws Exception {
        Slow slow = new Slow();
        ReportService busy = new ReportService(database, schedule, slow, audit);
        ExecutorService admins = Executors.newFixedThreadPool(3);
        List<Future<ReportView>> counted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            counted.add(admins.submit(
                    () -> QuarkusTransaction.requiringNew().call(() -> busy.report(on("2002-09-09"), 200))));
        }
        await().until(() -> busy.waiting() == 1 || counted.stream().anyMatch(Future::isDone));
        slow.goesOn.countDown();

        for (Future<ReportView> each : counted) {
            assertThat(each.get().total()).isEqualTo(Counts.NONE);
            assertThat(each.get().learning().comparing()).isFalse();
        }
        admins.shutdown();
    }
}
