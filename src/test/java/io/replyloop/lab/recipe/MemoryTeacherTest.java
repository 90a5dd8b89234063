package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.Pick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTeacherTest {
    private static final Folds FOLDS = new Folds(3);

    @TempDir
    Path directory;

    @Test
    void every_candidate_of_every_pick_has_a_soft_label() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory));
        KnowledgeBase base = corpora.knowledgeBase();
        List<Pick> picks = Pick.of(corpora.train(), 6);
        SoftLabels softLabels = new MemoryTeacher(base, FOLDS).label(picks, 1);
        for (Pick pick : picks) {
            Set<String> candidates = base.candidates(pick.tasks()).stream()
                    .map(KnowledgeBase.Candidate::label)
                    .collect(Collectors.toSet());
            Map<String, Double> byLabel = softLabels.of(pick);
            assertThat(byLabel.keySet()).isEqualTo(candidates);
            assertThat(byLabel.values().stream().mapToDouble(d -> d).sum()).isCloseTo(1, within(1e-9));
        }
        assertThat(new MemoryTeacher(base, FOLDS).label(picks, 1)).isEqualTo(softLabels);
    }

    /** One dialogue is answered differently from all others, which only a memory trained on it could know. */
    @Test
    void a_dialogue_is_labelled_by_a_memory_that_was_not_trained_on_it() throws IOException {
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
        SoftLabels softLabels = new MemoryTeacher(corpora.knowledgeBase(), FOLDS).label(picks, 1);
        assertThat(softLabels.of(odd).get("where")).isGreaterThan(0.9);
    }
}
