package io.replyloop.lab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.StageWeights;
import io.replyloop.retrieval.Evidence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarEvaluationTest {

    @TempDir
    Path directory;

    @Test
    void theMemoryRanksWhatItHasSeenFirst() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory));
        KnowledgeBase replies = corpora.knowledgeBase();
        List<Pick> picks = Pick.of(corpora.dev(), 6);
        try (FirstStage firstStage = new FirstStage(replies, Pick.of(corpora.train(), 6))) {
            StarEvaluation.Result result = StarEvaluation.figures(
                    StarEvaluation.candidates(picks, replies, firstStage, null, done -> {}), false, null);
            assertEquals(4, result.picks());
            assertEquals(4, result.rankable());
            assertEquals(1, result.stages().get("memory").rankable().recallAt1());
            assertTrue(result.stages().get("bm25").rankable().recallAt1() < 1);
        }
    }

    @Test
    void aPickThatTheKnowledgeBaseDoesNotListIsMissedAndSaidSo() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory));
        KnowledgeBase replies = corpora.knowledgeBase();
        List<Pick> picks = new ArrayList<>(Pick.of(corpora.dev(), 6));
        Pick pick = picks.get(0);
        picks.add(new Pick("x", 1, pick.tasks(), "Hi", "Hi", "Hi", "custom", "Something else"));
        try (FirstStage firstStage = new FirstStage(replies, Pick.of(corpora.train(), 6))) {
            StarEvaluation.Result result = StarEvaluation.figures(
                    StarEvaluation.candidates(picks, replies, firstStage, null, done -> {}), false, null);
            assertEquals(5, result.picks());
            assertEquals(4, result.rankable());
            assertEquals(0.8, result.stages().get("memory").all().recallAt1(), 1e-12);
        }
    }

    @Test
    void theFinalScoreIsMeasuredBesideTheStages() {
        List<List<FinalScoreFit.Candidate>> impressions = List.of(
                List.of(
                        new FinalScoreFit.Candidate(2, new Evidence(0, 0, 0), false),
                        new FinalScoreFit.Candidate(1, new Evidence(0, 0, 1), true)),
                List.of(
                        new FinalScoreFit.Candidate(2, new Evidence(0, 0, 0), true),
                        new FinalScoreFit.Candidate(1, new Evidence(1, 0, 0), false)));
        FinalScore score = new FinalScore(1, 0, new StageWeights(0, 1, 0, 2));
        StarEvaluation.Result result = StarEvaluation.figures(impressions, true, score);
        assertEquals(0.5, result.stages().get("crossEncoder").rankable().recallAt1());
        assertEquals(1, result.stages().get("combined").rankable().recallAt1());
        assertEquals(0.75, result.stages().get("crossEncoder").rankable().mrr());
    }

    @Test
    void aSampleIsTheSameForTheSameSeed() throws IOException {
        List<Pick> picks = Pick.of(Corpora.open(Stars.write(directory)).train(), 6);
        assertEquals(StarEvaluation.sample(picks, 5, 1), StarEvaluation.sample(picks, 5, 1));
        assertEquals(picks.size(), StarEvaluation.sample(picks, 1_000, 1).size());
    }
}
