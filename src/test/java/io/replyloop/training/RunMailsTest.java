package io.replyloop.training;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.mail.PostOffice;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Admins who want it are told how runs have ended. */
@QuarkusTest
class RunMailsTest {
    private static final String METRICS = "{\"champion\":{\"acceptAt1\":0.5},\"challenger\":{\"acceptAt1\":0.625},"
            + "\"verdict\":\"better\",\"verdictText\":{\"en\":\"The new one is better.\",\"zh\":\"新模型更好。\"}}";

    @Inject
    Team team;

    @Inject
    RunMails mails;

    @Inject
    TrainingLab lab;

    @BeforeEach
    void setUp() {
        lab.setUp();
    }

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    private void ended(RunState state) {
        UUID dataset = UUID.randomUUID();
        team.sql(
                "insert into dataset_version (id, train_size, dev_size) values (cast(:value as uuid), 0, 0)",
                dataset.toString());
        team.sql(
                "insert into training_run (id, status, trigger, base_model_id, dataset_id, metrics, error, finished_at)"
                        + " select gen_random_uuid(), '" + state.wireName() + "', 'schedule', id, '" + dataset
                        + "', cast(:value as jsonb), 'The disk is full', now()"
                        + " from model_version order by number limit 1",
                METRICS);
    }

    private static void wants(Team.Member admin, boolean wanted, String language) {
        as(admin)
                .header("Accept-Language", language)
                .body(Map.of("wanted", wanted))
                .put("/api/training/mails")
                .then()
                .statusCode(204);
    }

    @Test
    void a_run_that_has_ended_is_told_once_with_its_verdict_in_the_language_of_each_admin() {
        Team.Member anna = team.newMember("Anna", Role.ADMIN);
        Team.Member ming = team.newMember("Ming", Role.ADMIN);
        Team.Member others = team.newMember("Olga", Role.ADMIN);
        ended(RunState.SUCCEEDED);
        wants(anna, true, "en");
        wants(ming, true, "zh");
        as(anna).get("/api/training/mails").then().body("wanted", equalTo(true)).body("offered", equalTo(true));
        try (PostOffice office = PostOffice.open()) {
            mails.tell();
            assertThat(team.count(
                            "select count(*) from mail where kind = 'run-report' and recipient = :value",
                            anna.agent().email()))
                    .as("what ended before nobody had asked for")
                    .isZero();
            ended(RunState.SUCCEEDED);
            mails.tell();
            mails.tell();
            MimeMessage english = office.awaitTo(anna.agent().email());
            assertThat(PostOffice.text(english))
                    .contains("The new one is better.", "50.0 % before, 62.5 % now", "/admin/#/training");
            assertThat(PostOffice.text(office.awaitTo(ming.agent().email()))).contains("新模型更好。");
            assertThat(office.sentTo(others.agent().email())).isEmpty();

            ended(RunState.FAILED);
            wants(ming, false, "zh");
            mails.tell();
            assertThat(PostOffice.text(office.awaitTo(anna.agent().email(), 2)))
                    .contains("has failed", "The disk is full");
            assertThat(office.sentTo(anna.agent().email())).hasSize(2);
            assertThat(office.sentTo(ming.agent().email())).hasSize(1);
        }
        team.sql("delete from run_mail_wish where language <> :value", "");
    }

    @Test
    void agents_and_those_who_are_no_admins_any_more_are_told_nothing() {
        as(team.newMember(Role.AGENT)).get("/api/training/mails").then().statusCode(403);
        Team.Member former = team.newMember("Fred", Role.ADMIN);
        wants(former, true, "en");
        team.sql(
                "update agent_account set role = 'agent' where email = :value",
                former.agent().email());
        ended(RunState.SUCCEEDED);
        mails.tell();
        assertThat(team.count(
                        "select count(*) from mail where recipient = :value",
                        former.agent().email()))
                .isZero();
        team.sql(
                "delete from run_mail_wish where language <> :value",
                UUID.randomUUID().toString());
    }
}
