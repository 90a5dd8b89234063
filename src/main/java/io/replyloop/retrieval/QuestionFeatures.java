package io.replyloop.retrieval;

import io.replyloop.knowledge.TurnMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * What {@link LearnedMemory} knows of a moment in a conversation, as numbers of features: the words, the pairs of
 * neighbouring words and the whole of the customer's newest burst and of the team's turn before it, and the words of each
 * side's earlier turns.
 */
public final class QuestionFeatures {
    /** Longer texts come from pasted documents; their last words of this number tell enough. */
    private static final int MOST_WORDS = 256;

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
        whole(features, burst.isEmpty() ? "own" : "before", words(question.context()));
        List<String> turns = question.earlier().lines().toList();
        for (String turn : turns) {
            String side = isTeams(turn) ? "team|" : "customer|";
            words(turn).forEach(word -> add(features, side + word));
        }
        add(features, "turns|" + turns.size());
        return features.stream().mapToInt(Integer::intValue).toArray();
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
