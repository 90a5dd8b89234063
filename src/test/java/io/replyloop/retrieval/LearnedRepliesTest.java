package io.replyloop.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LearnedRepliesTest {
    private static final UUID NAME = new UUID(0, 1);
    private static final UUID DAY = new UUID(0, 2);
    private static final UUID BYE = new UUID(0, 3);

    private final LearnedReplies learned = new LearnedReplies();

    private static Question asked(String query, String question) {
        return Question.of(query, question);
    }

    private void aHundredConversations() {
        for (int i = 0; i < 100; i++) {
            learned.remember(NAME, "name " + i, asked("- a table please", "a table please"));
            learned.remember(DAY, "day " + i, asked("- a table please\n> your name?\n- Anna " + i, "Anna " + i));
            learned.remember(
                    BYE,
                    "bye " + i,
                    asked("- a table please\n> your name?\n- Anna\n> which day?\n- Anna " + i, "Anna " + i));
        }
        learned.learn();
    }

    @Test
    void the_moment_of_a_conversation_tells_equal_words_apart() {
        aHundredConversations();
        String early = "- a table please\n> your name?\n- Berta";
        String late = "- a table please\n> your name?\n- Berta\n> which day?\n- Berta";
        assertEquals(DAY, best(asked(early, "Berta")));
        assertEquals(BYE, best(asked(late, "Berta")));
    }

    @Test
    void it_counts_for_nothing_at_first_and_ever_more() {
        assertEquals(0, learned.share());
        assertEquals(Map.of(), learned.probabilities(asked("- Hi", "Hi")));
        aHundredConversations();
        assertTrue(learned.share() > 0.2 && learned.share() < 0.3);
    }

    @Test
    void a_reply_that_is_forgotten_is_no_answer_any_more() {
        aHundredConversations();
        double before = learned.share();
        learned.forget(DAY);
        learned.learn();
        assertEquals(
                Set.of(NAME, BYE), learned.probabilities(asked("- Hi", "Hi")).keySet());
        assertTrue(learned.share() < before);
        aHundredConversations();
        assertEquals(DAY, best(asked("- a table please\n> your name?\n- Berta", "Berta")));
    }

    @Test
    void a_single_question_can_be_forgotten() {
        learned.remember(NAME, "1", asked("- Hi", "Hi"));
        learned.remember(NAME, "2", asked("- Hello", "Hello"));
        learned.learn();
        double before = learned.share();
        learned.forget(NAME, "1");
        learned.forget(NAME, "never seen");
        learned.forget(DAY, "1");
        learned.learn();
        assertTrue(learned.share() < before);
        learned.remember(DAY, "3", asked("- Good morning", "Good morning"));
        learned.learn();
        assertEquals(
                Set.of(NAME, DAY), learned.probabilities(asked("- Hi", "Hi")).keySet());
    }

    @Test
    void what_was_forgotten_before_it_was_learned_is_not_known() {
        learned.remember(NAME, "1", asked("- Hi", "Hi"));
        learned.forget(NAME);
        learned.learn();
        assertEquals(0, learned.share());
        assertEquals(Map.of(), learned.probabilities(asked("- Hi", "Hi")));
    }

    @Test
    void a_reply_that_comes_back_at_once_with_its_questions_is_known_as_before() {
        aHundredConversations();
        Question berta = asked("- a table please\n> your name?\n- Berta", "Berta");
        Map<UUID, Double> before = learned.probabilities(berta);
        learned.forget(DAY);
        for (int i = 0; i < 100; i++) {
            learned.remember(DAY, "day " + i, asked("- not looked at again", "not looked at again"));
        }
        learned.learn();
        assertEquals(before, learned.probabilities(berta));
        assertEquals(0.23, learned.share(), 0.01);
    }

    @Test
    void one_more_question_is_learned_beside_the_old_ones() {
        aHundredConversations();
        learned.remember(NAME, "new", asked("- Grüezi mitenand", "Grüezi mitenand"));
        learned.learn();
        assertEquals(NAME, best(asked("- Grüezi mitenand", "Grüezi mitenand")));
        the_moment_of_a_conversation_tells_equal_words_apart();
    }

    private UUID best(Question question) {
        return learned.probabilities(question).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
    }
}
