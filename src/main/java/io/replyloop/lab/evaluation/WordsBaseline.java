package io.replyloop.lab.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Plain BM25, with a document for each reply and one for each answered question. The score of a reply is that of its best
 * document.
 */
final class WordsBaseline extends TextBaseline {
    private static final int FOUND = 1_000;

    private final Analyzer analyzer = new CJKAnalyzer();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final IndexWriter writer;
    private DirectoryReader reader;

    WordsBaseline() {
        try {
            writer = new IndexWriter(directory, new IndexWriterConfig(analyzer).setSimilarity(new BM25Similarity()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    void add(UUID reply, String text) {
        Document document = new Document();
        document.add(new StringField("reply", reply.toString(), Field.Store.YES));
        document.add(new TextField("text", text, Field.Store.NO));
        try {
            writer.addDocument(document);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Suggestions suggest(Moment moment) {
        try {
            if (reader == null || !reader.isCurrent()) {
                DirectoryReader newer = DirectoryReader.open(writer);
                if (reader != null) {
                    reader.close();
                }
                reader = newer;
            }
            Query query = new QueryBuilder(analyzer).createBooleanQuery("text", moment.withContext());
            Map<UUID, Double> best = new HashMap<>();
            if (query != null) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(new BM25Similarity());
                for (ScoreDoc hit : searcher.search(query, FOUND).scoreDocs) {
                    String reply = searcher.storedFields().document(hit.doc).get("reply");
                    best.merge(UUID.fromString(reply), (double) hit.score, Math::max);
                }
            }
            return Suggestions.byScore(best);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            if (reader != null) {
                reader.close();
            }
            writer.rollback();
            directory.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
