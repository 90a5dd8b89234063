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
 * The state of a conversation as hashed features: words, bigrams and the complete text of the customer's latest messages
 * and of the team's turn before them; the words of each side's earlier turns; what the team has said so far, and in which
 * order; and the form of the latest messages in combination with the team's last turn.
 */
final class QuestionFeatures {
    /** Only the last words of longer texts are used; such texts are pasted documents. */
    private static final int MOST_WORDS = 256;
    /**
     * The first words of a turn identify the reply, and do not change when names and prices are filled in. On STAR they
     * are almost as good as the label of the picked reply.
     */
    private static final int OPENING = 3;
    /** Number of the team's last turns whose order is a feature. */
    private static final int IN_ORDER = 3;
    /** Lengths in words are capped at this. */
    private static final int LONG = 16;

    private final ReplyAnalyzer analyzer = new ReplyAnalyzer();

    public int[] of(Question question) {
        return of(question, List.of());
    }

    /** @param topics of the conversation */
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

    /** What the team has said so far, and its last turns as one feature. */
    private static void said(Set<Integer> features, List<String> said, List<String> burst) {
        said.forEach(opening -> add(features, "said|" + opening));
        String last = burst.isEmpty() ? "on" : "";
        for (int turns = 1; turns <= IN_ORDER; turns++) {
            last = last + "|" + (turns <= said.size() ? said.get(said.size() - turns) : "");
            add(features, "last" + turns + last);
        }
    }

    /** The form of the latest messages, alone and in combination with the team's last turn. */
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
