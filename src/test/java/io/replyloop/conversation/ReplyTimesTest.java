package io.replyloop.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.SignedInAgent;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplyTimesTest {
    @Inject
    ReplyTimes times;

    @Inject
    ConversationService conversations;

    @Inject
    People people;

    @Inject
    Session database;

    private UUID site;
    private SignedInAgent agent;

    @BeforeEach
    void aSite() {
        site = people.customer(null).siteId();
        agent = people.agent("Ada");
    }

    /** A conversation of some hours ago that was answered after so many seconds, or not at all. */
    private UUID begun(Integer answeredAfter) {
        CustomerIdentity customer = new CustomerIdentity(UUID.randomUUID(), site, null, null, null);
        UUID id = conversations
                .customerMessage(customer, UUID.randomUUID(), "Hello?")
                .event()
                .conversation();
        sql("update conversation set created_at = now() - interval '2 days' where id = :id", Map.of("id", id));
        if (answeredAfter != null) {
            UUID act = UUID.randomUUID();
            conversations.agentMessage(agent, id, act, "Hello!", null);
            sql(
                    "update conversation_event e set created_at = c.created_at + make_interval(secs => :secs)"
                            + " from conversation c where c.id = e.conversation_id and e.client_id = :id",
                    Map.of("id", act, "secs", answeredAfter.doubleValue()));
        }
        return id;
    }

    private void sql(String statement, Map<String, ?> values) {
        QuarkusTransaction.requiringNew().run(() -> {
            var query = database.createNativeMutationQuery(statement);
            values.forEach(query::setParameter);
            query.executeUpdate();
        });
    }

    @Test
    void half_of_the_answers_decide_and_are_rounded_up_to_what_people_say() {
        for (int i = 0; i < 6; i++) {
            begun(200);
        }
        for (int i = 0; i < 5; i++) {
            begun(5_000);
        }

        assertThat(times.counted(site)).contains(300);
        assertThat(times.withinSeconds(site)).contains(300);
        begun(1);
        assertThat(times.withinSeconds(site)).as("counted once an hour").contains(300);
    }

    @Test
    void few_answers_say_nothing() {
        for (int i = 0; i < ReplyTimes.FEWEST - 1; i++) {
            begun(10);
        }
        assertThat(times.counted(site)).isEmpty();
        begun(10);
        assertThat(times.counted(site)).contains(60);
    }

    @Test
    void those_who_still_wait_count_and_those_who_wrote_when_nobody_was_there_or_long_ago_do_not() {
        for (int i = 0; i < ReplyTimes.FEWEST; i++) {
            begun(10);
        }
        for (int i = 0; i < 2 * ReplyTimes.FEWEST; i++) {
            sql(
                    i % 2 == 0
                            ? "update conversation set begun_outside_hours = true where id = :id"
                            : "update conversation set created_at = now() - interval '29 days' where id = :id",
                    Map.of("id", begun(90_000)));
        }
        assertThat(times.counted(site)).contains(60);

        for (int i = 0; i < ReplyTimes.FEWEST + 1; i++) {
            begun(null);
        }
        assertThat(times.counted(site)).as("most have waited for two days").isEmpty();
    }
}
