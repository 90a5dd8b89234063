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
 * Replies that are published after decisions about others, and what is asked of them at once.
 *
 * @param questions by how it is asked for: the title, the text's first sentence, or a customer's words
 */
record NewReplies(List<Reply> published, List<Reply> late, Map<String, List<Moment>> questions) {
    static final String TITLE = "title";
    static final String TEXT = "text";
    static final String PARAPHRASE = "paraphrase";

    /** How the figures of one way of asking are told. */
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

    /** One reply in so many is late, but ten at most. */
    private static final int ONE_IN = 10;

    private static final int MOST = 10;
    private static final int QUESTIONS_PER_REPLY = 3;
    private static final Pattern SENTENCE = Pattern.compile(".+?([.!?](?=\\s|$)|[。！？]|$)");

    /** Some of the knowledge base's own replies come late: those of which a question is known. */
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

    /** @param moments of which those about the late replies are asked */
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

    /** Nothing that has been decided may be about a reply that did not exist. */
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
