package io.replyloop.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SameQuestionsTest {
    private final UUID reply = UUID.randomUUID();

    @Test
    void a_contradiction_shows_both_sides_even_if_one_is_much_the_older() {
        List<LookedAt> examples = new ArrayList<>();
        examples.add(example(1, false));
        for (int id = 2; id <= 61; id++) {
            examples.add(example(id, true));
        }

        List<Finding> found = SameQuestions.contradictions(examples, Map.of());

        assertThat(found).hasSize(1);
        assertThat(found.get(0).examples())
                .hasSize(26)
                .startsWith(example(61, true), example(60, true))
                .endsWith(example(1, false));
    }

    @Test
    void of_a_question_that_is_repeated_very_often_the_newest_are_shown() {
        List<LookedAt> examples = new ArrayList<>();
        for (int id = 1; id <= 60; id++) {
            examples.add(example(id, true));
        }

        assertThat(SameQuestions.repeats(examples).get(0).examples())
                .hasSize(50)
                .startsWith(example(60, true))
                .endsWith(example(11, true));
    }

    private LookedAt example(long id, boolean fits) {
        String query = "- Where in the world is the parcel that I ordered from you the other day?";
        return new LookedAt(id, new UUID(0, id), new UUID(1, id), query, reply, "Tomorrow.", fits, 0);
    }
}
