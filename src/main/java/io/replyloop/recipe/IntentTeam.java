package io.replyloop.recipe;

import io.replyloop.bert.CrossEncoder;
import io.replyloop.bert.EncodedPair;
import io.replyloop.bert.TokenIds;
import io.replyloop.knowledge.TurnMark;
import io.replyloop.ranking.FinalScore;
import io.replyloop.recipe.FinalScoreFit.Candidate;
import io.replyloop.retrieval.Question;
import io.replyloop.retrieval.ReplyIndex;
import io.replyloop.retrieval.ReplyIndex.IndexedQuestion;
import io.replyloop.retrieval.ReplyIndex.IndexedReply;
import io.replyloop.retrieval.TextVectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A corpus of questions by intent as a team whose replies are the intents' names: its moments from the first day to the
 * thousandth decision, and questions to which nobody has written a reply.
 */
final class IntentTeam {
    /** Of questions without an intent, as clinc150 calls it. */
    private static final String NOBODYS = "oos";

    private static final List<Integer> DECISIONS = List.of(0, 50, 200, 1_000);
    private static final int MOMENTS = 300;

    private record Asked(String question, String intent) {}

    private final TextVectors encoder;
    private final CrossEncoder judge;
    private final List<String> replies = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private final List<Asked> nobodys = new ArrayList<>();

    IntentTeam(Map<String, List<String>> questionsByIntent, TextVectors encoder, CrossEncoder judge, long seed) {
        this.encoder = encoder;
        this.judge = judge;
        questionsByIntent.forEach((intent, questions) -> {
            boolean foreign = intent.equals(NOBODYS);
            questions.forEach(question -> (foreign ? nobodys : asked).add(new Asked(question, intent)));
            if (!foreign) {
                replies.add(intent);
            }
        });
        Collections.shuffle(asked, new Random(seed));
        Collections.shuffle(nobodys, new Random(seed));
    }

    List<List<Candidate>> moments() {
        List<List<Candidate>> moments = new ArrayList<>();
        int decisions = DECISIONS.get(DECISIONS.size() - 1);
        List<Asked> held = asked.subList(decisions, Math.min(asked.size(), decisions + MOMENTS));
        List<Asked> foreign = nobodys.subList(0, Math.min(nobodys.size(), MOMENTS));
        try (ReplyIndex index = new ReplyIndex(Integer.MAX_VALUE)) {
            for (String reply : replies) {
                index.put(new IndexedReply(id(reply), reply, reply, "en", read(IndexedReply.toRead(reply, reply))));
            }
            int answered = 0;
            for (int until : DECISIONS) {
                for (; answered < until; answered++) {
                    Question question = question(asked.get(answered));
                    index.remember(new IndexedQuestion(
                            "" + answered,
                            id(asked.get(answered).intent()),
                            question.context(),
                            question.text(),
                            question.meaning()));
                }
                while (index.refresh()) {
                    // Until all has been learned.
                }
                held.forEach(one -> moments.add(moment(index, one)));
                foreign.forEach(one -> moments.add(moment(index, one)));
            }
        }
        return moments;
    }

    private List<Candidate> moment(ReplyIndex index, Asked one) {
        ReplyIndex.Found found = index.search(question(one));
        TokenIds query = judge.tokenize(TurnMark.CUSTOMER.before(one.question()));
        List<EncodedPair> pairs =
                replies.stream().map(reply -> judge.pair(query, judge.tokenize(reply))).toList();
        List<float[]> logits = judge.logits(pairs);
        List<Candidate> moment = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            String reply = replies.get(i);
            moment.add(new Candidate(
                    FinalScore.logit(logits.get(i)), found.evidence(id(reply)), reply.equals(one.intent())));
        }
        return moment;
    }

    private Question question(Asked one) {
        return Question.of(TurnMark.CUSTOMER.before(one.question()), one.question())
                .understoodBy(encoder, false)
                .join();
    }

    private float[] read(String text) {
        return encoder.of(List.of(text), false).join().get(0);
    }

    private static UUID id(String reply) {
        return UUID.nameUUIDFromBytes(reply.getBytes(StandardCharsets.UTF_8));
    }
}
