package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.lab.corpus.CachedVectors;
import io.replyloop.lab.corpus.DemoShop;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.lab.recipe.FinalScoreFit.Candidate;
import io.replyloop.ranking.FinalScore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo shop on its first day, with the built-in networks and an empty memory. */
class FirstDayTest {
    /** Contains the networks after a build. */
    private static final Path MODELS = Path.of("target/classes/models");

    private static final Path MODEL = MODELS.resolve("default");
    private static final int QUESTIONS = 60;
    private static final int SHOWN = 3;

    private static List<List<Candidate>> impressions;
    private static FinalScore score;

    @BeforeAll
    static void scoreQuestions() throws IOException {
        KnowledgeBase replies = DemoShop.replies();
        score = FinalScore.of(MODEL);
        CrossEncoderOptions options = new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1);
        try (Encoder encoder = Encoder.open(MODELS.resolve("encoder"), options);
                FirstStage firstStage = new FirstStage(replies, List.of(), new CachedVectors(encoder::embed));
                CrossEncoder judge = CrossEncoder.open(MODEL, options)) {
            impressions = StarEvaluation.candidates(
                    StarEvaluation.sample(DemoShop.picks(), QUESTIONS, 1), replies, firstStage, judge, done -> {});
        }
    }

    @Test
    void every_question_has_its_reply_among_the_candidates() throws IOException {
        KnowledgeBase replies = DemoShop.replies();
        for (Pick pick : DemoShop.picks()) {
            assertThat(replies.candidates(pick.tasks()).stream()
                            .filter(candidate -> candidate.label().equals(pick.label()))
                            .count())
                    .as("%s", pick.query())
                    .isEqualTo(1);
        }
    }

    @Test
    void three_in_four_questions_get_a_helpful_suggestion() {
        long helped = amongFirst(SHOWN, score.threshold(), FirstDayTest::judged);

        assertThat(helped >= 0.75 * QUESTIONS)
                .as("%s", helped + " of " + QUESTIONS)
                .isTrue();
    }

    /** A difference of one question is not significant. */
    @Test
    void the_cross_encoder_does_not_make_an_unknown_knowledge_base_worse() {
        for (int most : new int[] {1, SHOWN}) {
            long judged = amongFirst(most, 0, FirstDayTest::judged);
            long unjudged = amongFirst(most, 0, candidate -> score.probability(null, candidate.evidence()));

            assertThat(judged >= unjudged - 1)
                    .as("%s", judged + " with the cross-encoder, " + unjudged + " without")
                    .isTrue();
        }
    }

    private static double judged(Candidate candidate) {
        return score.probability(candidate.logit(), candidate.evidence());
    }

    private static long amongFirst(int most, double threshold, ToDoubleFunction<Candidate> probability) {
        return impressions.stream()
                .filter(impression -> impression.stream()
                        .filter(Candidate::fits)
                        .mapToDouble(probability)
                        .filter(own -> own >= threshold)
                        .anyMatch(own -> impression.stream()
                                        .mapToDouble(probability)
                                        .filter(other -> other > own)
                                        .count()
                                < most))
                .count();
    }
}
