package io.replyloop.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/** The words of a question that some replies have, too, as they stand in the question: what an agent is told to be the reason. */
final class FittingWords {
    /** A word that more than one reply in so many has is of no interest to anybody. */
    private static final int COMMON = 5;

    private static final int FEW = 3;
    private static final int SHORTEST = 3;

    /** Of a long question, only so many words are looked up. */
    private static final int MOST_LOOKED_UP = 40;

    private FittingWords() {}

    private record Place(int start, int end) {}

    /** @return for each of these replies that has any, in the order of the question */
    static Map<UUID, List<String>> of(
            IndexSearcher searcher, ReplyAnalyzer analyzer, String question, Set<UUID> replies, int most)
            throws IOException {
        int commonFrom = Math.max(FEW, searcher.getIndexReader().numDocs() / COMMON);
        Map<UUID, List<Place>> places = new HashMap<>();
        for (Map.Entry<String, Place> word : words(analyzer, question).entrySet()) {
            Query query = SharedWords.query(word.getKey());
            int having = searcher.count(query);
            if (having == 0 || having > commonFrom) {
                continue;
            }
            ScoreDoc[] hits = searcher.search(query, having).scoreDocs;
            for (UUID reply : LiveIndex.replies(searcher, hits)) {
                if (replies.contains(reply)) {
                    places.computeIfAbsent(reply, one -> new ArrayList<>()).add(word.getValue());
                }
            }
        }
        Map<UUID, List<String>> fitting = new HashMap<>();
        places.forEach((reply, found) -> fitting.put(reply, texts(question, found, most)));
        return fitting;
    }

    private static Map<String, Place> words(ReplyAnalyzer analyzer, String question) throws IOException {
        Map<String, Place> words = new LinkedHashMap<>();
        try (TokenStream tokens = analyzer.tokenStream("text", question)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            TypeAttribute type = tokens.addAttribute(TypeAttribute.class);
            OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken() && words.size() < MOST_LOOKED_UP) {
                boolean pair = type.type().equals(CJKBigramFilter.DOUBLE_TYPE);
                boolean single = type.type().equals(CJKBigramFilter.SINGLE_TYPE);
                if (pair || (!single && term.length() >= SHORTEST)) {
                    words.putIfAbsent(term.toString(), new Place(offset.startOffset(), offset.endOffset()));
                }
            }
        }
        return words;
    }

    /** Chinese words, which come in overlapping pairs of characters, are put together again. */
    private static List<String> texts(String question, List<Place> found, int most) {
        List<Place> joined = new ArrayList<>();
        found.sort(Comparator.comparingInt(Place::start));
        for (Place place : found) {
            Place last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && place.start() < last.end()) {
                joined.set(joined.size() - 1, new Place(last.start(), Math.max(last.end(), place.end())));
            } else {
                joined.add(place);
            }
        }
        return joined.stream()
                .limit(most)
                .map(place -> question.substring(place.start(), place.end()))
                .toList();
    }
}
