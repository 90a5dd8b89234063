package io.replyloop.lab.recipe;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.lab.corpus.WrittenReplies;
import io.replyloop.lab.recipe.FinalScoreFit.Candidate;
import io.replyloop.lab.recipe.WeighedTeam.Asked;
import io.replyloop.lab.recipe.WeighedTeam.Published;
import io.replyloop.retrieval.TextVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Teams on which the stages are weighed: one whose customers write English, one in Chinese, and one that has written each
 * of its replies in one of the two languages only, while its customers ask in both. A part of what is asked is what they
 * have no reply for.
 */
final class WeighedTeams {
    /** Of questions without an intent, as clinc150 calls it. */
    private static final String NOBODYS = "oos";

    private static final List<Integer> ENGLISH_DECISIONS = List.of(0, 50, 200, 1_000);
    private static final List<Integer> CHINESE_DECISIONS = List.of(0, 50, 200);
    private static final int MOMENTS = 300;
    private static final int FOREIGN_MOMENTS = 100;
    /** So many intents have no reply, one of each so many. */
    private static final int UNWRITTEN_EVERY = 10;

    private final List<WrittenReplies.Written> written;
    private final Map<String, List<String>> questions;
    private final TextVectors encoder;
    private final CrossEncoder judge;
    private final Random random;

    WeighedTeams(
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

    static WeighedTeams of(Map<String, List<String>> questions, TextVectors encoder, CrossEncoder judge)
            throws IOException {
        return new WeighedTeams(WrittenReplies.read(), questions, encoder, judge, DefaultModel.SEED);
    }

    /** Those of customers who write English, and those of customers who write Chinese. */
    List<List<List<Candidate>>> moments() {
        List<Asked> english = asked(reply -> questions.getOrDefault(reply.intent(), List.of()));
        List<Asked> chinese = asked(WrittenReplies.Written::chineseQuestions);
        List<Asked> nobodys = shuffled(questions.getOrDefault(NOBODYS, List.of()).stream()
                .map(question -> new Asked(question, NOBODYS))
                .toList());
        List<List<Candidate>> ofEnglish =
                moments(replies(Writes.ENGLISH), english, ENGLISH_DECISIONS, MOMENTS, nobodys);
        ofEnglish.addAll(moments(replies(Writes.BY_TURNS), english, List.of(0), FOREIGN_MOMENTS, List.of()));
        List<List<Candidate>> ofChinese =
                moments(replies(Writes.CHINESE), chinese, CHINESE_DECISIONS, MOMENTS, List.of());
        ofChinese.addAll(moments(replies(Writes.BY_TURNS), chinese, List.of(0), FOREIGN_MOMENTS, List.of()));
        return List.of(ofEnglish, ofChinese);
    }

    private List<List<Candidate>> moments(
            List<Published> replies, List<Asked> questions, List<Integer> decisions, int count, List<Asked> nobodys) {
        int held = Math.max(0, questions.size() - count);
        List<Asked> asked = new ArrayList<>(questions.subList(held, questions.size()));
        asked.addAll(nobodys);
        return new WeighedTeam(replies, encoder, judge).moments(questions.subList(0, held), decisions, asked);
    }

    /** Which of its replies a team has written in English; the others are in Chinese. */
    private enum Writes {
        ENGLISH,
        CHINESE,
        BY_TURNS;

        private boolean inEnglish(int number) {
            return this == ENGLISH || (this == BY_TURNS && number % 2 == 0);
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
