package io.replyloop.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.bert.CrossEncoder;
import io.replyloop.bert.CrossEncoderOptions;
import io.replyloop.bert.Precision;
import io.replyloop.ranking.FinalScore;
import io.replyloop.recipe.FinalScoreFit.Candidate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shop of the demo on its first day, with the model that the product starts with and nothing answered yet. */
class FirstDayTest {
    private static final Path MODEL = Path.of("src/main/resources/models/default");
    private static final int QUESTIONS = 60;

    @Test
    void everyQuestionOfTheShopHasItsReplyAmongTheCandidates() throws IOException {
        KnowledgeBase replies = DemoShop.replies();
        for (Pick pick : DemoShop.picks()) {
            assertEquals(
                    1,
                    replies.candidates(pick.tasks()).stream()
                            .filter(candidate -> candidate.label().equals(pick.label()))
                            .count(),
                    pick.query());
        }
    }

    @Test
    void agentsSeeSuggestionsFromTheFirstQuestionOn() throws IOException {
        KnowledgeBase replies = DemoShop.replies();
        FinalScore score = FinalScore.of(MODEL);
        List<List<Candidate>> impressions;
        try (FirstStage firstStage = new FirstStage(replies, List.of());
                CrossEncoder encoder = CrossEncoder.open(MODEL, new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1))) {
            impressions = StarEvaluation.candidates(
                    StarEvaluation.sample(DemoShop.picks(), QUESTIONS, 1), replies, firstStage, encoder, done -> {});
        }
        int helped = 0;
        for (List<Candidate> impression : impressions) {
            double[] probabilities = FinalScoreFit.probabilities(score, impression);
            assertTrue(Arrays.stream(probabilities).max().orElseThrow() >= score.threshold());
            helped += helps(impression, probabilities, score.threshold()) ? 1 : 0;
        }
        assertTrue(helped >= 0.5 * QUESTIONS, helped + " of " + QUESTIONS);
    }

    private static boolean helps(List<Candidate> impression, double[] probabilities, double threshold) {
        for (int i = 0; i < probabilities.length; i++) {
            double own = probabilities[i];
            if (impression.get(i).fits()) {
                return own >= threshold
                        && Arrays.stream(probabilities).filter(p -> p > own).count() < 3;
            }
        }
        return false;
    }
}
