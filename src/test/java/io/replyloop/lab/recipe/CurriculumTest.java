package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.bert.training.Impression;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurriculumTest {
    private static final int PER_STEP = Curriculum.IMPRESSIONS_PER_STEP;

    @Test
    void the_impressions_of_a_step_are_of_similar_length() {
        List<Impression> impressions = new ArrayList<>();
        for (int i = 0; i < 8 * PER_STEP + 5; i++) {
            impressions.add(new Impression("q" + i, List.of("x".repeat(1 + i % 50), "y"), 0));
        }
        List<Impression> steps = Curriculum.byLength(impressions, new Random(1));
        assertThat(steps).hasSize(8 * PER_STEP).doesNotHaveDuplicates();
        for (int step = 0; step < 8; step++) {
            IntSummaryStatistics lengths = steps.subList(step * PER_STEP, (step + 1) * PER_STEP).stream()
                    .mapToInt(impression -> impression.replies().get(0).length())
                    .summaryStatistics();
            assertThat(lengths.getMax() - lengths.getMin())
                    .as("step %d: %s", step, lengths)
                    .isLessThan(15);
        }
        assertThat(Curriculum.byLength(impressions, new Random(2))).isNotEqualTo(steps);
    }

    @Test
    void too_few_impressions_for_a_step_are_kept() {
        List<Impression> few = List.of(new Impression("q", List.of("a", "b"), 0));
        assertThat(Curriculum.byLength(few, new Random(1))).isEqualTo(few);
    }
}
