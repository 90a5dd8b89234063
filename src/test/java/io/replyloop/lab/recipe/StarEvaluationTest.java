package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    void the_memory_ranks_known_answers_first() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory));
        KnowledgeBase replies = corpora.knowledgeBase();
        List<Pick> picks = Pick.of(corpora.dev(), 6);
        try (FirstStage firstStage = new FirstStage(replies, Pick.of(corpora.train(), 6))) {
            StarEvaluation.Result result = StarEvaluation.figures(
                    StarEvaluation.candidates(picks, replies, firstStage, null, done -> {}), false, null);
            assertThat(result.picks()).isEqualTo(4);
            assertThat(result.rankable()).isEqualTo(4);
            assertThat(result.stages().get("memory").rankable().recallAt1()).isEqualTo(1);
            assertThat(result.stages().get("bm25").rankable().recallAt1() < 1).isTrue();
        }
    }

    @Test
    void a_pick_that_is_not_in_the_knowledge_base_counts_as_missed() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory));
        KnowledgeBase replies = corpora.knowledgeBase();
        List<Pick> picks = new ArrayList<>(Pick.of(corpora.dev(), 6));
        Pick pick = picks.get(0);
        picks.add(new Pick("x", 1, pick.tasks(), "Hi", "Hi", "Hi", "custom", "Something else"));
        try (FirstStage firstStage = new FirstStage(replies, Pick.of(corpora.train(), 6))) {
            StarEvaluation.Result result = StarEvaluation.figures(
                    StarEvaluation.candidates(picks, replies, firstStage, null, done -> {}), false, null);
            assertThat(result.picks()).isEqualTo(5);
            assertThat(result.rankable()).isEqualTo(4);
            assertThat(result.stages().get("memory").all().recallAt1()).isCloseTo(0.8, within(1e-12));
        }
    }

    @Test
    void the_final_score_is_measured_like_the_stages() {
        List<List<FinalScoreFit.Candidate>> impressions = List.of(
                List.of(
                        new FinalScoreFit.Candidate(2, new Evidence(0, 0, 0), false),
                        new FinalScoreFit.Candidate(1, new Evidence(0, 0, 1), true)),
                List.of(
                        new FinalScoreFit.Candidate(2, new Evidence(0, 0, 0), true),
                        new FinalScoreFit.Candidate(1, new Evidence(1, 0, 0), false)));
        FinalScore score = new FinalScore(1, 0, new StageWeights(0, 1, 0, 2));
        StarEvaluation.Result result = StarEvaluation.figures(impressions, true, score);
        assertThat(result.stages().get("crossEncoder").rankable().recallAt1()).isEqualTo(0.5);
        assertThat(result.stages().get("combined").rankable().recallAt1()).isEqualTo(1);
        assertThat(result.stages().get("crossEncoder").rankable().mrr()).isEqualTo(0.75);
    }

    @Test
    void a_sample_is_the_same_for_the_same_seed() throws IOException {
        List<Pick> picks = Pick.of(Corpora.open(Stars.write(directory)).train(), 6);
        assertThat(StarEvaluation.sample(picks, 5, 1)).isEqualTo(StarEvaluation.sample(picks, 5, 1));
        assertThat(StarEvaluation.sample(picks, 1_000, 1).size()).isEqualTo(picks.size());
    }
}
