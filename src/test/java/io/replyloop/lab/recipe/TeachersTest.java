package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.bert.training.Impression;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.Pick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeachersTest {
    private static final int PARTS = 3;

    @TempDir
    Path directory;

    @Test
    void a_memory_has_an_opinion_of_every_candidate_of_every_pick() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory));
        KnowledgeBase base = corpora.knowledgeBase();
        List<Pick> picks = Pick.of(corpora.train(), 6);
        Map<String, Map<String, Double>> opinions = new MemoryTeacher(base, PARTS).opinions(picks, 1);
        for (Pick pick : picks) {
            Map<String, Double> opinion = opinions.get(pick.group());
            Set<String> candidates = base.candidates(pick.tasks()).stream()
                    .map(KnowledgeBase.Candidate::label)
                    .collect(Collectors.toSet());
            assertThat(opinion.keySet()).isEqualTo(candidates);
            assertThat(opinion.values().stream().mapToDouble(d -> d).sum()).isCloseTo(1, within(1e-9));
        }
        assertThat(new MemoryTeacher(base, PARTS).opinions(picks, 1)).isEqualTo(opinions);
    }

    /** The dialogue whose opinion is asked for answers otherwise than all others: who had learned it would know. */
    @Test
    void a_memory_has_not_seen_the_dialogue_that_it_speaks_of() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add(Stars.order("train-" + i));
        }
        lines.add(Stars.order("odd").replace("\"picked\":\"where\"", "\"picked\":\"bye\""));
        Stars.write(directory);
        Stars.gzip(directory.resolve("star/train.jsonl.gz"), lines);
        Corpora corpora = Corpora.open(directory);
        List<Pick> picks = Pick.of(corpora.train(), 6);
        Pick odd = picks.stream()
                .filter(pick -> pick.dialogue().equals("odd") && pick.label().equals("bye"))
                .findFirst()
                .orElseThrow();
        Map<String, Double> opinion = new MemoryTeacher(corpora.knowledgeBase(), PARTS)
                .opinions(picks, 1)
                .get(odd.group());
        assertThat(opinion.get("where") > 0.9).as("%s", opinion).isTrue();
    }

    @Test
    void together_they_are_the_geometric_mean() {
        Map<String, Double> both = Teachers.together(List.of(Map.of("a", 0.9, "b", 0.1), Map.of("a", 0.4, "b", 0.6)));
        double a = Math.sqrt(0.9 * 0.4);
        double b = Math.sqrt(0.1 * 0.6);
        assertThat(both.get("a")).isCloseTo(a / (a + b), within(1e-9));
        assertThat(both.get("b")).isCloseTo(b / (a + b), within(1e-9));
    }

    @Test
    void opinions_are_kept_to_four_digits() throws IOException {
        Teachers.write(directory, Map.of("d/1", Map.of("a", 0.123456, "b", 0.0)));
        assertThat(Teachers.read(directory)).isEqualTo(Map.of("d/1", Map.of("a", 0.1235, "b", 0.0)));
    }

    /** Every step is of similar lengths, no impression comes twice, and another seed gives another order. */
    @Test
    void steps_are_of_similar_length() {
        List<Impression> impressions = new ArrayList<>();
        int perStep = DefaultModel.CHOICES_PER_STEP;
        for (int i = 0; i < 8 * perStep + 5; i++) {
            impressions.add(new Impression("q" + i, List.of("x".repeat(1 + i % 50), "y"), 0));
        }
        List<Impression> steps = Curriculum.inSteps(impressions, new Random(1));
        assertThat(steps.size()).isEqualTo(8 * perStep);
        assertThat(new HashSet<>(steps).size()).isEqualTo(steps.size());
        for (int step = 0; step < 8; step++) {
            var lengths = steps.subList(step * perStep, (step + 1) * perStep).stream()
                    .mapToInt(impression -> impression.replies().get(0).length())
                    .summaryStatistics();
            assertThat(lengths.getMax() - lengths.getMin() < 15)
                    .as("%s", "step " + step + ": " + lengths)
                    .isTrue();
        }
        assertThat(Curriculum.inSteps(impressions, new Random(2))).isNotEqualTo(steps);
    }

    @Test
    void few_impressions_are_one_step() {
        List<Impression> few = List.of(new Impression("q", List.of("a", "b"), 0));
        assertThat(Curriculum.inSteps(few, new Random(1))).isEqualTo(few);
    }
}
