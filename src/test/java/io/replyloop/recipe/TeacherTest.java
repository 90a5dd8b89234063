package io.replyloop.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherTest {
    @TempDir
    Path directory;

    @Test
    void itHasAnOpinionOfEveryCandidateOfEveryPick() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory));
        KnowledgeBase base = corpora.knowledgeBase();
        List<Pick> picks = Pick.of(corpora.train(), 6);
        Map<String, Map<String, Double>> opinions = new Teacher(base).opinions(picks, 1);
        for (Pick pick : picks) {
            Map<String, Double> opinion = opinions.get(pick.group());
            Set<String> candidates = base.candidates(pick.tasks()).stream()
                    .map(KnowledgeBase.Candidate::label)
                    .collect(Collectors.toSet());
            assertEquals(candidates, opinion.keySet());
            assertTrue(
                    opinion.values().stream().mapToDouble(Double::doubleValue).sum() <= 1 + 1e-9);
        }
        assertEquals(opinions, new Teacher(base).opinions(picks, 1));
    }
}
