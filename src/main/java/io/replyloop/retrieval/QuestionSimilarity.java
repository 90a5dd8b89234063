package io.replyloop.retrieval;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;

/**
 * BM25 over weighted fields, and the score of a document with exactly the same text. Dividing by that score turns
 * BM25's open scale into a similarity from 0 to 1, in which words unknown to the index count against a match, too.
 */
final class QuestionSimilarity {
    static final BM25Similarity BM25 = new BM25Similarity(1.2f, 0.75f);

    /** Longer texts are usually pasted documents, for which the first words are enough. */
    private static final int MOST_TERMS = 256;

    private final IndexSearcher searcher;
    private final Analyzer analyzer;
    private final BooleanQuery.Builder query = new BooleanQuery.Builder();
    private double same;

    QuestionSimilarity(IndexSearcher searcher, Analyzer analyzer) {
        this.searcher = searcher;
        this.analyzer = analyzer;
    }

    QuestionSimilarity with(String field, String text, double weight) throws IOException {
        Map<String, Integer> terms = terms(field, text);
        int length = terms.values().stream().mapToInt(Integer::intValue).sum();
        CollectionStatistics statistics = searcher.collectionStatistics(field);
        if (statistics == null || length == 0) {
            return this;
        }
        double documents = statistics.docCount();
        double average = statistics.sumTotalTermFreq() / documents;
        for (Map.Entry<String, Integer> entry : terms.entrySet()) {
            Term term = new Term(field, entry.getKey());
            // Looked up once in each segment, for the query and for the score of an identical text.
            TermStates states = TermStates.build(searcher, term, true);
            int count = entry.getValue();
            query.add(new BoostQuery(new TermQuery(term, states), (float) (weight * count)), Occur.SHOULD);
            int holding = states.docFreq();
            double idf = Math.log(1 + (documents - holding + 0.5) / (holding + 0.5));
            double norm = BM25.getK1() * (1 - BM25.getB() + BM25.getB() * length / average);
            same += weight * count * idf * count / (count + norm);
        }
        return this;
    }

    Query query() {
        return query.build();
    }

    /** The score of a document with exactly this text; 0 if there is nothing to search for. */
    double ofTheSame() {
        return same;
    }

    private Map<String, Integer> terms(String field, String text) throws IOException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        try (TokenStream tokens = analyzer.tokenStream(field, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (counts.size() < MOST_TERMS && tokens.incrementToken()) {
                counts.merge(term.toString(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
