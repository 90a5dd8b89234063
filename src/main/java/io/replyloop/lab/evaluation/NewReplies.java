package io.replyloop.lab.evaluation;

import io.replyloop.lab.evaluation.KnowledgeBase.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replies that are published late, after decisions on other replies, and questions about them.
 *
 * @param questions by form: the title, the first sentence of the text, or a customer's words
 */
record NewReplies(List<Reply> published, List<Reply> late, Map<String, List<Moment>> questions) {
    static final String TITLE = "title";
    static final String TEXT = "text";
    static final String PARAPHRASE = "paraphrase";

    /** The figures for one form of question. */
    record Found(String method, int decisions, String asked, Estimate first, Estimate amongThree, Estimate shown) {
        static Found of(String method, int decisions, String asked, List<Outcome> outcomes) {
            return new Found(
                    method,
                    decisions,
                    asked,
                    Estimate.mean(outcomes, Outcome::group, outcome -> outcome.isAmong(1) ? 1 : 0),
                    Estimate.mean(outcomes, Outcome::group, outcome -> outcome.isAmong(3) ? 1 : 0),
                    Estimate.mean(outcomes, Outcome::group, outcome -> outcome.isShown() ? 1 : 0));
        }
    }

    /** One in this many replies is late, up to {@link #MOST}. */
    private static final int ONE_IN = 10;

    private static final int MOST = 10;
    private static final int QUESTIONS_PER_REPLY = 3;
    private static final Pattern SENTENCE = Pattern.compile(".+?([.!?](?=\\s|$)|[。！？]|$)");

    /** Some of the knowledge base's own replies that have questions are published late. */
    static NewReplies heldBack(List<Reply> replies, List<Moment> moments, long seed) {
        Set<UUID> asked =
                moments.stream().flatMap(moment -> moment.right().stream()).collect(Collectors.toSet());
        List<Reply> eligible = new ArrayList<>(
                replies.stream().filter(reply -> asked.contains(reply.id())).toList());
        Collections.shuffle(eligible, new Random(seed));
        int count = Math.min(eligible.size(), Math.max(1, Math.min(MOST, replies.size() / ONE_IN)));
        List<Reply> late = List.copyOf(eligible.subList(0, count));
        return of(replies.stream().filter(reply -> !late.contains(reply)).toList(), late, moments, seed);
    }

    /** @param moments from which the questions about the late replies are taken */
    static NewReplies of(List<Reply> published, List<Reply> late, List<Moment> moments, long seed) {
        List<Moment> titles = new ArrayList<>();
        List<Moment> texts = new ArrayList<>();
        List<Moment> paraphrases = new ArrayList<>();
        Random random = new Random(seed);
        for (Reply reply : late) {
            Set<UUID> right = Set.of(reply.id());
            titles.add(Moment.first(reply.id().toString(), reply.title(), right));
            texts.add(Moment.first(reply.id().toString(), firstSentence(reply.text()), right));
            List<Moment> own = new ArrayList<>(moments.stream()
                    .filter(moment -> moment.right().contains(reply.id()))
                    .toList());
            Collections.shuffle(own, random);
            own.stream()
                    .limit(QUESTIONS_PER_REPLY)
                    .map(moment -> new Moment(reply.id().toString(), moment.query(), moment.question(), right))
                    .forEach(paraphrases::add);
        }
        return new NewReplies(
                published, late, new TreeMap<>(Map.of(TITLE, titles, TEXT, texts, PARAPHRASE, paraphrases)));
    }

    /** The decisions that do not need a late reply. */
    List<Moment> possible(List<Moment> decisions) {
        Set<UUID> unknown = late.stream().map(Reply::id).collect(Collectors.toSet());
        return decisions.stream()
                .filter(moment -> Collections.disjoint(moment.right(), unknown))
                .toList();
    }

    static String firstSentence(String text) {
        String line = Moment.oneLine(text);
        Matcher sentence = SENTENCE.matcher(line);
        return sentence.find() ? sentence.group() : line;
    }
}
