package io.replyloop.demo;

import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSummary;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DemoCustomersTest {
    @Inject
    DemoCustomers customers;

    @Inject
    DemoTour tour;

    @Inject
    ConversationService conversations;

    @Test
    void each_is_a_customer_of_their_own_who_waits_for_an_answer() {
        Set<String> questions = new HashSet<>();
        for (int i = 0; i < DemoCustomers.AT_ONCE; i++) {
            UUID conversation = customers.ask().orElseThrow();
            ConversationSummary summary =
                    conversations.summaries(List.of(conversation)).get(0);
            assertThat(summary.waitingSince()).isNotNull();
            questions.add(summary.lastText());
        }
        assertThat(questions).hasSize(DemoCustomers.AT_ONCE);
        assertThat(questions).anyMatch(text -> text.matches(".*[\\u4e00-\\u9fff].*"));
    }

    @Test
    void the_tours_customers_ask_the_same_in_other_words_in_each_language() {
        for (String language : List.of("en", "zh", "tlh", "")) {
            DemoTour.Questions questions = tour.questions(language);
            List<String> asked = new ArrayList<>();
            for (boolean again : List.of(false, true)) {
                UUID conversation = tour.ask(language, again).orElseThrow();
                asked.add(conversations.summary(conversation).lastText());
            }
            assertThat(asked)
                    .containsExactly(questions.first(), questions.again())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_server_that_is_no_demo_has_none() {
        nobody().get("/api/demo").then().statusCode(404);
        nobody().post("/api/demo/customers").then().statusCode(404);
        nobody().get("/api/demo/tour").then().statusCode(404);
        nobody().body(Map.of("which", "first")).post("/api/demo/tour").then().statusCode(404);
        nobody().body(Map.of("which", "anything")).post("/api/demo/tour").then().statusCode(400);
    }
}
