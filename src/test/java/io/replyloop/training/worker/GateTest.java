package io.replyloop.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.StageWeights;
import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Evidence;
import io.replyloop.training.FlippedCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final int REPLIES = 6;

    /** The network alone decides; nothing below 0.2 is shown. */
    private static final FinalScore SCORE = new FinalScore(1, 0.2, new StageWeights(0, 1, 0, 0, 0, 0, 0, 0, 0));

    private final Random random = new Random(8);

    @Test
    void a_model_that_puts_the_right_reply_first_more_often_is_better() {
        TestPart test = questions(20, 2, any -> "- Where is it?");

        Verdict verdict = verdict(test, place(test, any -> 2), place(test, any -> 1));

        assertThat(verdict.code()).isEqualTo(Verdict.Code.BETTER);
        assertThat(verdict.english())
                .isEqualTo(
                        "The new model is better than model 7: on 40 questions that neither has learned from, the right"
                                + " reply came first 100% instead of 0%, and was among the three 100% instead of 100%.");
        assertThat(verdict.chinese()).contains("新模型优于模型 7").contains("40 个问题");
    }

    @Test
    void models_that_there_were_are_both_named_by_their_numbers() {
        TestPart test = questions(20, 2, any -> "- Where is it?");
        Gate better = Gate.of(test, place(test, any -> 2), place(test, any -> 1));
        Gate same = Gate.of(test, place(test, any -> 1), place(test, any -> 1));

        assertThat(Verdict.between(better, 5, 3).code()).isEqualTo(Verdict.Code.BETTER);
        assertThat(Verdict.between(better, 5, 3).english())
                .startsWith("Model 5 is better than model 3: on 40 questions that no run here learns from, the right");
        assertThat(Verdict.between(better, 5, 3).chinese()).startsWith("模型 5 优于模型 3：在本系统的训练都不学习的 40 个问题中");
        assertThat(Verdict.between(better, 5, 3).chinese())
                .contains("100%（另一个模型 0%）")
                .doesNotContain("此前");
        assertThat(Verdict.between(same, 5, 3).english())
                .startsWith("No reliable difference between model 5 and model 3: on 40 questions");
        assertThat(Verdict.between(same, 5, 3).chinese()).startsWith("模型 5 与模型 3 之间没有可靠的差异");
    }

    @Test
    void a_model_that_puts_it_later_is_worse() {
        TestPart test = questions(20, 2, any -> "- Where is it?");

        assertThat(verdict(test, place(test, any -> 1), place(test, any -> 2)).code())
                .isEqualTo(Verdict.Code.WORSE);
    }

    @Test
    void the_same_ranking_is_no_difference() {
        TestPart test = questions(20, 2, any -> "- Where is it?");

        assertThat(verdict(test, place(test, any -> 2), place(test, any -> 2)).code())
                .isEqualTo(Verdict.Code.NO_DIFFERENCE);
    }

    @Test
    void one_question_of_many_is_no_reliable_difference() {
        TestPart test = questions(20, 2, any -> "- Where is it?");

        assertThat(verdict(test, place(test, any -> 2), place(test, i -> i == 0 ? 1 : 2))
                        .code())
                .isEqualTo(Verdict.Code.NO_DIFFERENCE);
    }

    @Test
    void many_questions_of_one_customer_are_little_to_tell_by() {
        TestPart test = questions(2, 40, any -> "- Where is it?");

        Verdict verdict = verdict(test, place(test, any -> 2), place(test, any -> 1));

        assertThat(verdict.code()).isEqualTo(Verdict.Code.TOO_LITTLE_DATA);
        assertThat(verdict.english())
                .contains("80 answered questions from 2 conversations")
                .contains("30 from 15");
    }

    @Test
    void four_decisions_are_too_little_to_tell_by() {
        TestPart test = questions(1, 1, any -> "- Where is it?");

        Verdict verdict = verdict(test, place(test, any -> 2), place(test, any -> 1));

        assertThat(verdict.code()).isEqualTo(Verdict.Code.TOO_LITTLE_DATA);
        assertThat(verdict.english()).contains("1 answered question from 1 conversation,");
    }

    @Test
    void nothing_measured_is_too_little_and_no_error() {
        TestPart nothing = new TestPart(List.of());
        Gate gate = Gate.of(nothing, place(nothing, any -> 1), place(nothing, any -> 1));

        assertThat(Verdict.of(gate, 7).code()).isEqualTo(Verdict.Code.TOO_LITTLE_DATA);
        assertThat(GateReport.json(gate).get("figures")).isEmpty();
        assertThat(GateReport.flipped(gate)).isEmpty();
    }

    @Test
    void a_model_that_knows_no_more_than_dice_is_worse_than_one_that_knows() {
        TestPart test = questions(30, 2, any -> "- Where is it?");

        Verdict verdict = verdict(test, place(test, i -> 1 + i % 2), noise(test, 2));

        assertThat(verdict.code()).isEqualTo(Verdict.Code.WORSE);
    }

    @Test
    void better_on_the_whole_and_worse_in_chinese_is_said_so() {
        TestPart test = questions(40, 2, i -> i % 4 == 0 ? "- 我的包裹在哪里？" : "- Where is it?");

        Verdict verdict = verdict(test, place(test, i -> isChinese(i) ? 1 : 3), place(test, i -> isChinese(i) ? 2 : 1));

        assertThat(verdict.code()).isEqualTo(Verdict.Code.MIXED);
        assertThat(verdict.english())
                .startsWith("The new model is better than model 7 on the whole")
                .endsWith("But in Chinese it is worse: 0.50 instead of 1.00 on 20 questions.");
        assertThat(verdict.chinese()).contains("但对中文问题变差了");
    }

    @Test
    void one_that_is_only_faster_is_no_better() {
        TestPart test = questions(20, 2, any -> "- Where is it?");
        Gate.Side slow = place(test, any -> 2);
        Gate.Side fast = new Gate.Side(slow.score(), slow.logits(), slow.millis() / 2);

        Verdict verdict = verdict(test, slow, fast);

        assertThat(verdict.code()).isEqualTo(Verdict.Code.NO_DIFFERENCE);
        assertThat(verdict.english()).endsWith("It is only faster: 5 ms for a question instead of 10.");
    }

    @Test
    void of_two_hundred_challengers_that_are_no_better_at_most_five_percent_are_called_better() {
        int better = 0;
        for (int trial = 0; trial < 200; trial++) {
            TestPart test = questions(15 + random.nextInt(40), 2 + random.nextInt(2), any -> "- Where is it?");
            double[] known = noise(test, 1).logits();
            int at = 0;
            for (TestPart.Question question : test.questions()) {
                known[at] += 2;
                at += question.candidates().size();
            }
            Verdict verdict = verdict(test, perturbed(known), perturbed(known));
            better += verdict.code() == Verdict.Code.BETTER ? 1 : 0;
        }
        assertThat(better).isLessThanOrEqualTo(10);
    }

    @Test
    void of_two_hundred_with_many_kinds_of_questions_hardly_one_is_called_worse_for_one_of_them() {
        int mixed = 0;
        for (int trial = 0; trial < 200; trial++) {
            TestPart test = questions(
                    60,
                    3,
                    i -> (i % 3 == 0 ? "- Hello\n> Yes?\n" : "") + (i % 4 == 0 ? "- 我的包裹在哪里？" : "- Where is it?"));
            TestPart kinds = new TestPart(test.questions().stream()
                    .map(question -> new TestPart.Question(
                            question.conversation(),
                            question.impression(),
                            question.query(),
                            question.right(),
                            random.nextInt(3) > 0,
                            inCategory(question.candidates(), "category " + random.nextInt(8))))
                    .toList());
            double[] known = noise(kinds, 1).logits();
            for (int i = 0; i < known.length; i += REPLIES) {
                known[i] += 2;
            }
            mixed += verdict(kinds, perturbed(known), perturbed(known)).code() == Verdict.Code.MIXED ? 1 : 0;
        }
        assertThat(mixed).isLessThanOrEqualTo(20);
    }

    private static List<Candidate> inCategory(List<Candidate> candidates, String category) {
        return candidates.stream()
                .map(one ->
                        new Candidate(one.reply(), one.version(), one.title(), one.text(), category, one.evidence()))
                .toList();
    }

    @Test
    void what_is_below_the_threshold_is_silence_and_helps_nobody() {
        TestPart test = questions(20, 2, any -> "- Where is it?");
        Gate.Side silent = new Gate.Side(SCORE, new double[test.pairs().size()], 10);
        Arrays.fill(silent.logits(), -5);

        Gate gate = Gate.of(test, place(test, any -> 1), silent);

        assertThat(gate.figures().get("silent").challenger()).isEqualTo(1);
        assertThat(gate.figures().get("acceptAt3").challenger()).isZero();
        assertThat(gate.figures().get("mrr").challenger()).isEqualTo(1.0 / REPLIES, within(1e-9));
    }

    @Test
    void a_right_reply_that_was_no_candidate_is_found_by_nobody() {
        TestPart.Question asked = question(UUID.randomUUID(), "- Where?");
        TestPart test = new TestPart(List.of(new TestPart.Question(
                asked.conversation(), asked.impression(), asked.query(), UUID.randomUUID(), true, asked.candidates())));

        Gate gate = Gate.of(test, place(test, any -> 1), place(test, any -> 1));

        assertThat(gate.figures().get("mrr").challenger()).isZero();
    }

    @Test
    void what_flipped_can_be_read_with_what_both_would_have_shown() {
        TestPart test = questions(20, 2, any -> "- Where is it?");

        Gate gate = Gate.of(test, place(test, i -> i == 3 ? 1 : 2), place(test, i -> i == 3 ? 3 : i == 5 ? 1 : 2));
        List<FlippedCase> flipped = GateReport.flipped(gate);

        assertThat(flipped).extracting(FlippedCase::better).containsExactly(false, true);
        FlippedCase worse = flipped.get(0);
        assertThat(worse.impression()).isEqualTo(test.questions().get(3).impression());
        assertThat(worse.question()).isEqualTo("- Where is it?");
        assertThat(worse.content().at("/right/text").asText()).isEqualTo("Text 0");
        assertThat(worse.content().at("/champion/0/right").asBoolean()).isTrue();
        assertThat(worse.content().at("/challenger/2/right").asBoolean()).isTrue();
        ObjectNode report = GateReport.json(gate);
        assertThat(report.at("/flipped/better").asInt()).isEqualTo(1);
        assertThat(report.at("/flipped/worse").asInt()).isEqualTo(1);
        assertThat(report.at("/questions").asInt()).isEqualTo(40);
        assertThat(report.at("/questionsNeeded").asInt()).isEqualTo(30);
        assertThat(report.at("/sliceQuestionsNeeded").asInt()).isEqualTo(15);
        assertThat(report.at("/sliceConversationsNeeded").asInt()).isEqualTo(8);
    }

    @Test
    void kinds_of_questions_are_measured_by_themselves() {
        TestPart test = questions(20, 2, i -> i % 2 == 0 ? "- Hello\n> Yes?\n- Where is it?" : "- Where is it?");

        Gate gate = Gate.of(test, place(test, any -> 1), place(test, any -> 1));

        assertThat(gate.slices())
                .extracting(slice -> slice.by() + " " + slice.value() + " " + slice.questions() + " " + slice.state())
                .contains("language other 40 FINE", "question first 20 FINE", "question later 20 FINE")
                .contains("reply learned 40 FINE", "category parcels 40 FINE");
    }

    private static boolean isChinese(int question) {
        return question / 2 % 4 == 0;
    }

    private static Verdict verdict(TestPart test, Gate.Side champion, Gate.Side challenger) {
        return Verdict.of(Gate.of(test, champion, challenger), 7);
    }

    private TestPart questions(int conversations, int each, IntFunction<String> query) {
        List<TestPart.Question> questions = new ArrayList<>();
        for (int i = 0; i < conversations; i++) {
            UUID conversation = new UUID(random.nextLong(), random.nextLong());
            for (int j = 0; j < each; j++) {
                questions.add(question(conversation, query.apply(i)));
            }
        }
        return new TestPart(questions);
    }

    /** The first candidate is right. */
    private TestPart.Question question(UUID conversation, String query) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < REPLIES; i++) {
            candidates.add(new Candidate(
                    new UUID(random.nextLong(), random.nextLong()),
                    1,
                    "Title " + i,
                    "Text " + i,
                    "parcels",
                    new Evidence(0.5, 0.5, 0, 0, 0.5, 0)));
        }
        return new TestPart.Question(
                conversation,
                new UUID(random.nextLong(), random.nextLong()),
                query,
                candidates.get(0).reply(),
                true,
                candidates);
    }

    /** A model with which the right reply of a question stands there, from 1. */
    private static Gate.Side place(TestPart test, IntToDoubleFunction placeOfQuestion) {
        double[] logits = new double[test.pairs().size()];
        for (int question = 0; question < test.questions().size(); question++) {
            for (int i = 0; i < REPLIES; i++) {
                logits[question * REPLIES + i] = i == 0 ? 4.5 - placeOfQuestion.applyAsDouble(question) : 4 - i;
            }
        }
        return new Gate.Side(SCORE, logits, 10);
    }

    private Gate.Side noise(TestPart test, double size) {
        double[] logits = new double[test.pairs().size()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = size * random.nextGaussian();
        }
        return new Gate.Side(SCORE, logits, 10);
    }

    private Gate.Side perturbed(double[] logits) {
        double[] moved = logits.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += 0.7 * random.nextGaussian();
        }
        return new Gate.Side(SCORE, moved, 10);
    }
}
