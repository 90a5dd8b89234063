package io.replyloop.lab.recipe;

import io.replyloop.knowledge.TurnMark;
import io.replyloop.retrieval.Question;
import io.replyloop.retrieval.ReplyAnalyzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * What can be known of a moment in a conversation, as numbers of features: the words, the pairs of neighbouring words and
 * the whole of the customer's newest burst and of the team's turn before it, the words of each side's earlier turns, what
 * the team has said so far and in which order, and what the burst is like as an answer to the last of it.
 */
final class QuestionFeatures {
    /** Longer texts come from pasted documents; their last words of this number tell enough. */
    private static final int MOST_WORDS = 256;
    /**
     * The first words of what the team says tell one reply from another, and stay the same where names and prices are
     * filled in. On STAR they tell almost as much as the number of the reply that was picked.
     */
    private static final int OPENING = 3;
    /** As many of the team's last turns are looked at in their order. */
    private static final int IN_ORDER = 3;
    /** Longer bursts are all the same: long. */
    private static final int LONG = 16;

    private final ReplyAnalyzer analyzer = new ReplyAnalyzer();

    public int[] of(Question question) {
        return of(question, List.of());
    }

    /** @param topics what else is known of the conversation */
    public int[] of(Question question, List<String> topics) {
        Set<Integer> features = new LinkedHashSet<>();
        List<String> burst = words(question.text());
        whole(features, "question", burst);
        for (String topic : topics) {
            add(features, "topic|" + topic);
            burst.forEach(word -> add(features, "topic|" + topic + "|" + word));
        }
        List<String> before = words(question.context());
        whole(features, burst.isEmpty() ? "own" : "before", before);
        List<String> turns = question.earlier().lines().toList();
        List<String> said = new ArrayList<>();
        for (String turn : turns) {
            List<String> words = words(turn);
            String side = isTeams(turn) ? "team|" : "customer|";
            words.forEach(word -> add(features, side + word));
            if (isTeams(turn)) {
                said.add(opening(words));
            }
        }
        add(features, "turns|" + turns.size());
        if (!before.isEmpty()) {
            said.add(opening(before));
        }
        said(features, said, burst);
        answer(features, said, question.text(), burst);
        return features.stream().mapToInt(Integer::intValue).toArray();
    }

    /** What the team has said so far, oldest first, and its last turns together. */
    private static void said(Set<Integer> features, List<String> said, List<String> burst) {
        said.forEach(opening -> add(features, "said|" + opening));
        String last = burst.isEmpty() ? "on" : "";
        for (int turns = 1; turns <= IN_ORDER; turns++) {
            last = last + "|" + (turns <= said.size() ? said.get(said.size() - turns) : "");
            add(features, "last" + turns + last);
        }
    }

    /** What the burst is like, by itself and as an answer to the team's last turn. */
    private static void answer(Set<Integer> features, List<String> said, String text, List<String> burst) {
        String last = said.isEmpty() ? "" : said.get(said.size() - 1);
        burst.forEach(word -> add(features, "answer|" + last + "|" + word));
        String asks = "asks|" + (text.contains("?") || text.contains("\uFF1F"));
        String length = "length|" + Math.min(LONG, burst.size()) / 2;
        for (String kind : List.of(asks, length)) {
            add(features, kind);
            add(features, kind + "|" + last);
        }
        add(features, "messages|" + text.lines().count());
    }

    private static String opening(List<String> words) {
        return String.join(" ", words.subList(0, Math.min(OPENING, words.size())));
    }

    private static boolean isTeams(String turn) {
        return turn.startsWith(TurnMark.TEAM.before(""));
    }

    private static void whole(Set<Integer> features, String slot, List<String> words) {
        String before = "";
        for (String word : words) {
            add(features, slot + "|" + word);
            add(features, slot + "|" + before + "_" + word);
            before = word;
        }
        add(features, slot + "|" + before + "_");
        add(features, slot + "=" + String.join(" ", words));
    }

    private static void add(Set<Integer> features, String name) {
        int hash = name.hashCode() * 0x9E3779B1;
        hash = (hash ^ hash >>> 15) * 0x85EBCA6B;
        features.add(hash ^ hash >>> 13);
    }

    private List<String> words(String text) {
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream("question", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(term.toString());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return words.subList(Math.max(0, words.size() - MOST_WORDS), words.size());
    }
}
