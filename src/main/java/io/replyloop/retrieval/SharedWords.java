package io.replyloop.retrieval;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/**
 * How much of what somebody looks for is in each reply, word for word. One word that few replies have tells something;
 * one that many have, most have by chance, unless it is all that was looked for. The last word may be a beginning, because
 * the search runs while it is typed.
 */
final class SharedWords {
    /** Of a hundred replies, so many may have a rare word. */
    private static final int RARE = 5;

    /** Of a small knowledge base, so many may. */
    private static final int FEW = 3;

    private static final int SHORTEST_BEGINNING = 3;

    private final IndexSearcher searcher;
    private final int replies;
    private final int mostOfRare;

    private SharedWords(IndexSearcher searcher) {
        this.searcher = searcher;
        replies = searcher.getIndexReader().numDocs();
        mostOfRare = Math.max(FEW, replies * RARE / 100);
    }

    /**
     * Shares of the weight of all words, 0 to 1.
     *
     * @param rare of the rare ones that the reply has
     * @param all of all that it has
     */
    record Share(double rare, double all) {
        static final Share NONE = new Share(0, 0);

        private Share plus(Share other) {
            return new Share(rare + other.rare, all + other.all);
        }

        private Share of(double sum) {
            return new Share(rare / sum, all / sum);
        }
    }

    /** @return for each reply that has any of the words */
    static Map<UUID, Share> of(IndexSearcher searcher, ReplyAnalyzer analyzer, String words) throws IOException {
        SharedWords shared = new SharedWords(searcher);
        Map<UUID, Share> shares = new HashMap<>();
        double sum = 0;
        for (Map.Entry<String, Boolean> word : words(analyzer, words).entrySet()) {
            Query query = query(word.getKey());
            int having = searcher.count(query);
            if (having == 0 && word.getValue()) {
                query = beginning(word.getKey());
                having = searcher.count(query);
            }
            double weight = shared.weight(having);
            sum += weight;
            if (having > 0) {
                Share share = new Share(having <= shared.mostOfRare ? weight : 0, weight);
                ScoreDoc[] hits = searcher.search(query, having).scoreDocs;
                for (UUID reply : LiveIndex.replies(searcher, hits)) {
                    shares.merge(reply, share, Share::plus);
                }
            }
        }
        double whole = sum;
        shares.replaceAll((reply, share) -> share.of(whole));
        return shares;
    }

    /** The inverse document frequency of BM25; what no reply has weighs as much as what one has. */
    private double weight(int having) {
        int at = Math.max(1, having);
        return Math.log(1 + (replies - at + 0.5) / (at + 0.5));
    }

    /** Words, and whether each may be the beginning of one. Chinese characters count in twos, unless there is but one. */
    private static Map<String, Boolean> words(ReplyAnalyzer analyzer, String words) throws IOException {
        Map<String, Boolean> single = new LinkedHashMap<>();
        Map<String, Boolean> others = new LinkedHashMap<>();
        boolean pairs = false;
        try (TokenStream tokens = analyzer.tokenStream("text", words)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            TypeAttribute type = tokens.addAttribute(TypeAttribute.class);
            OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                String word = term.toString();
                if (type.type().equals(CJKBigramFilter.SINGLE_TYPE)) {
                    single.put(word, false);
                    continue;
                }
                pairs |= type.type().equals(CJKBigramFilter.DOUBLE_TYPE);
                others.merge(
                        word,
                        offset.endOffset() == words.length() && word.length() >= SHORTEST_BEGINNING,
                        Boolean::logicalOr);
            }
        }
        if (!pairs) {
            others.putAll(single);
        }
        return others;
    }

    static Query query(String word) {
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term("text", word)), Occur.SHOULD)
                .add(new TermQuery(new Term("title", word)), Occur.SHOULD)
                .build();
    }

    private static Query beginning(String word) {
        return new BooleanQuery.Builder()
                .add(new PrefixQuery(new Term("text", word)), Occur.SHOULD)
                .add(new PrefixQuery(new Term("title", word)), Occur.SHOULD)
                .build();
    }
}
