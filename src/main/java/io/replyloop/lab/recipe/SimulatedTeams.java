package io.replyloop.lab.recipe;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.lab.corpus.WrittenReplies;
import io.replyloop.lab.recipe.FinalScoreFit.Candidate;
import io.replyloop.lab.recipe.SimulatedTeam.Asked;
import io.replyloop.lab.recipe.SimulatedTeam.Published;
import io.replyloop.retrieval.TextVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Simulated teams to which the final score is fitted: one in English, one in Chinese, and one with every reply in only one
 * of the languages, whose customers write in both. Some of the questions have no reply.
 */
final class SimulatedTeams {
    /** clinc150's name for questions without an intent. */
    private static final String OUT_OF_SCOPE = "oos";

    private static final List<Integer> ENGLISH_DECISIONS = List.of(0, 50, 200, 1_000);
    private static final List<Integer> CHINESE_DECISIONS = List.of(0, 50, 200);
    private static final int MOMENTS = 300;
    private static final int FOREIGN_MOMENTS = 100;
    /** One in this many intents has no reply. */
    private static final int UNWRITTEN_EVERY = 10;

    private final List<WrittenReplies.Written> written;
    private final Map<String, List<String>> questions;
    private final TextVectors encoder;
    private final CrossEncoder judge;
    private final Random random;

    SimulatedTeams(
            List<WrittenReplies.Written> written,
            Map<String, List<String>> englishQuestions,
            TextVectors encoder,
            CrossEncoder judge,
            long seed) {
        this.written = written;
        questions = englishQuestions;
        this.encoder = encoder;
        this.judge = judge;
        random = new Random(seed);
    }

    static SimulatedTeams of(Map<String, List<String>> questions, TextVectors encoder, CrossEncoder judge)
            throws IOException {
        return new SimulatedTeams(WrittenReplies.read(), questions, encoder, judge, DefaultModel.SEED);
    }

    /** The impressions with English questions, and those with Chinese questions. */
    List<List<List<Candidate>>> moments() {
        List<Asked> english = asked(reply -> questions.getOrDefault(reply.intent(), List.of()));
        List<Asked> chinese = asked(WrittenReplies.Written::chineseQuestions);
        List<Asked> outOfScope = shuffled(questions.getOrDefault(OUT_OF_SCOPE, List.of()).stream()
                .map(question -> new Asked(question, OUT_OF_SCOPE))
                .toList());
        List<List<Candidate>> ofEnglish =
                moments(replies(Writes.ENGLISH), english, ENGLISH_DECISIONS, MOMENTS, outOfScope);
        ofEnglish.addAll(moments(replies(Writes.ALTERNATELY), english, List.of(0), FOREIGN_MOMENTS, List.of()));
        List<List<Candidate>> ofChinese =
                moments(replies(Writes.CHINESE), chinese, CHINESE_DECISIONS, MOMENTS, List.of());
        ofChinese.addAll(moments(replies(Writes.ALTERNATELY), chinese, List.of(0), FOREIGN_MOMENTS, List.of()));
        return List.of(ofEnglish, ofChinese);
    }

    private List<List<Candidate>> moments(
            List<Published> replies,
            List<Asked> questions,
            List<Integer> decisions,
            int count,
            List<Asked> outOfScope) {
        int held = Math.max(0, questions.size() - count);
        List<Asked> asked = new ArrayList<>(questions.subList(held, questions.size()));
        asked.addAll(outOfScope);
        return new SimulatedTeam(replies, encoder, judge).moments(questions.subList(0, held), decisions, asked);
    }

    /** The replies that a team has in English; the others are in Chinese. */
    private enum Writes {
        ENGLISH,
        CHINESE,
        ALTERNATELY;

        private boolean inEnglish(int number) {
            return this == ENGLISH || (this == ALTERNATELY && number % 2 == 0);
        }
    }

    private List<Published> replies(Writes writes) {
        List<Published> replies = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            WrittenReplies.Written reply = written.get(i);
            if (i % UNWRITTEN_EVERY == UNWRITTEN_EVERY - 1) {
                continue;
            }
            replies.add(
                    writes.inEnglish(i)
                            ? new Published(reply.intent(), reply.title(), reply.text(), "en")
                            : new Published(reply.intent(), reply.chineseTitle(), reply.chineseText(), "zh"));
        }
        return replies;
    }

    private List<Asked> asked(Function<WrittenReplies.Written, List<String>> questionsOf) {
        return shuffled(written.stream()
                .flatMap(
                        reply -> questionsOf.apply(reply).stream().map(question -> new Asked(question, reply.intent())))
                .toList());
    }

    private List<Asked> shuffled(List<Asked> asked) {
        List<Asked> shuffled = new ArrayList<>(asked);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
