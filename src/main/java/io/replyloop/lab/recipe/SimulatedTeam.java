package io.replyloop.lab.recipe;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.TokenIds;
import io.replyloop.knowledge.TurnMark;
import io.replyloop.lab.recipe.FinalScoreFit.Candidate;
import io.replyloop.retrieval.IndexedQuestion;
import io.replyloop.retrieval.IndexedReply;
import io.replyloop.retrieval.Question;
import io.replyloop.retrieval.ReplyIndex;
import io.replyloop.retrieval.ReplyVector;
import io.replyloop.retrieval.TextVectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A simulated team with a knowledge base and questions of its customers, from its first day on. Some questions have no
 * reply.
 */
final class SimulatedTeam {

    /** A reply that the team has published; several may have the same label. */
    record Published(String label, String title, String text, String language) {
        private UUID id() {
            return UUID.nameUUIDFromBytes((language + '\n' + label).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** @param label of the replies that answer it; no reply has this label if there is no answer */
    record Asked(String question, String label) {}

    private final List<Published> replies;
    private final TextVectors encoder;
    private final CrossEncoder judge;
    private final List<TokenIds> texts;
    private final Map<String, List<Double>> logits = new HashMap<>();

    SimulatedTeam(List<Published> replies, TextVectors encoder, CrossEncoder judge) {
        this.replies = replies;
        this.encoder = encoder;
        this.judge = judge;
        texts = replies.stream().map(reply -> judge.tokenize(reply.text)).toList();
    }

    /**
     * Answers some questions, and scores all candidates for others at several points in between.
     *
     * @param answered in this order; those without a reply are skipped
     * @param stages numbers of answered questions after which the others are asked, ascending
     * @param asked at each stage
     */
    List<List<Candidate>> moments(List<Asked> answered, List<Integer> stages, List<Asked> asked) {
        List<List<Candidate>> moments = new ArrayList<>();
        try (ReplyIndex index = new ReplyIndex(Integer.MAX_VALUE)) {
            publish(index);
            int next = 0;
            for (int stage : stages) {
                for (; next < Math.min(stage, answered.size()); next++) {
                    remember(index, next, answered.get(next));
                }
                while (index.refresh()) {
                    // Until everything is indexed.
                }
                asked.forEach(one -> moments.add(moment(index, one)));
            }
        }
        return moments;
    }

    private void publish(ReplyIndex index) {
        List<float[]> meanings = ReplyVector.of(
                        encoder,
                        replies.stream()
                                .map(reply -> new ReplyVector.Written(reply.title, reply.text))
                                .toList(),
                        false)
                .join();
        for (int i = 0; i < meanings.size(); i++) {
            Published reply = replies.get(i);
            index.put(new IndexedReply(reply.id(), reply.title, reply.text, reply.language, meanings.get(i)));
        }
    }

    private void remember(ReplyIndex index, int number, Asked answered) {
        Question question = question(answered);
        replies.stream()
                .filter(reply -> reply.label.equals(answered.label))
                .findFirst()
                .ifPresent(reply -> index.remember(new IndexedQuestion(
                        Integer.toString(number),
                        reply.id(),
                        question.context(),
                        question.text(),
                        question.meaning())));
    }

    private List<Candidate> moment(ReplyIndex index, Asked asked) {
        ReplyIndex.Found found = index.search(question(asked));
        List<Double> judged = logits.computeIfAbsent(asked.question, this::judged);
        List<Candidate> moment = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            Published reply = replies.get(i);
            moment.add(new Candidate(judged.get(i), found.evidence(reply.id()), reply.label.equals(asked.label)));
        }
        return moment;
    }

    private List<Double> judged(String question) {
        TokenIds query = judge.tokenize(TurnMark.CUSTOMER.before(question));
        List<EncodedPair> pairs =
                texts.stream().map(text -> judge.pair(query, text)).toList();
        return judge.logits(pairs).stream().map(CrossEncoder::logOdds).toList();
    }

    private Question question(Asked asked) {
        return Question.of(TurnMark.CUSTOMER.before(asked.question), asked.question)
                .understoodBy(encoder, false)
                .join();
    }
}
