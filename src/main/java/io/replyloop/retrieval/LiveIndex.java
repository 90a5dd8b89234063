package io.replyloop.retrieval;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.IOUtils;

/** A Lucene index that changes while it is searched. Only one thread may change it; any number may search. */
final class LiveIndex implements Closeable {
    private static final String MOST = "most";
    private static final String LEAST = "least";

    /** There is a small segment for each answer; those up to this size, in megabytes, are cached in memory. */
    private static final double SMALL_SEGMENT = 2;

    private static final double SMALL_SEGMENTS = 16;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;

    /** Creates an index in memory. */
    LiveIndex(Analyzer analyzer) {
        try {
            directory = new ByteBuffersDirectory();
            writer = new IndexWriter(directory, config(analyzer));
            searchers = new SearcherManager(writer, null);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot make an index in memory", failure);
        }
    }

    /**
     * Opens an index in a folder that outlives the process.
     *
     * @param known whether the existing index is usable, judged by the notes of its last {@link #save}; if not, it is
     *     deleted
     */
    LiveIndex(Analyzer analyzer, Path folder, Predicate<Map<String, String>> known) throws IOException {
        this(analyzer, new NRTCachingDirectory(FSDirectory.open(folder), SMALL_SEGMENT, SMALL_SEGMENTS), known);
    }

    LiveIndex(Analyzer analyzer, Directory directory, Predicate<Map<String, String>> known) throws IOException {
        this.directory = directory;
        IndexWriter opened = null;
        try {
            opened = new IndexWriter(
                    directory, config(analyzer).setOpenMode(known.test(notes()) ? OpenMode.APPEND : OpenMode.CREATE));
            searchers = new SearcherManager(opened, null);
            writer = opened;
        } catch (IOException | RuntimeException failure) {
            IOUtils.closeWhileHandlingException(opened == null ? null : opened::rollback, directory);
            throw failure;
        }
    }

    private static IndexWriterConfig config(Analyzer analyzer) {
        return new IndexWriterConfig(analyzer).setSimilarity(QuestionSimilarity.BM25);
    }

    private Map<String, String> notes() throws IOException {
        return DirectoryReader.indexExists(directory)
                ? SegmentInfos.readLatestCommit(directory).getUserData()
                : Map.of();
    }

    /** Writes everything to disk, with notes for the next opening. */
    void save(Map<String, String> notes) throws IOException {
        writer.setLiveCommitData(notes.entrySet());
        writer.commit();
    }

    /** A search of the index as it was at the last refresh. */
    interface Search<T> {
        T in(IndexSearcher searcher) throws IOException;
    }

    <T> T search(Search<T> search) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                searcher.setSimilarity(QuestionSimilarity.BM25);
                return search.in(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void add(Document document) {
        try {
            writer.addDocument(document);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void delete(Term term) {
        try {
            writer.deleteDocuments(term);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Makes all changes so far visible to searches. */
    void refresh() {
        try {
            searchers.maybeRefreshBlocking();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Stores a UUID as two numbers, because they are several times cheaper to read for each hit than text. */
    static void addReply(Document document, UUID reply) {
        document.add(new NumericDocValuesField(MOST, reply.getMostSignificantBits()));
        document.add(new NumericDocValuesField(LEAST, reply.getLeastSignificantBits()));
    }

    /** The replies of the hits, in the order of the hits. */
    static UUID[] replies(IndexSearcher searcher, ScoreDoc[] hits) throws IOException {
        long[][] halves = numbers(searcher, hits, MOST, LEAST);
        UUID[] replies = new UUID[hits.length];
        Arrays.setAll(replies, hit -> new UUID(halves[0][hit], halves[1][hit]));
        return replies;
    }

    /**
     * Reads numeric fields of each hit.
     *
     * @return for each field one number per hit, in the order of the hits; read in document order, segment by segment
     */
    static long[][] numbers(IndexSearcher searcher, ScoreDoc[] hits, String... fields) throws IOException {
        Integer[] order = new Integer[hits.length];
        Arrays.setAll(order, hit -> hit);
        Arrays.sort(order, Comparator.comparingInt(hit -> hits[hit].doc));
        long[][] numbers = new long[fields.length][];
        for (int field = 0; field < fields.length; field++) {
            numbers[field] = numbers(searcher, hits, order, fields[field]);
        }
        return numbers;
    }

    private static long[] numbers(IndexSearcher searcher, ScoreDoc[] hits, Integer[] order, String field)
            throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        long[] numbers = new long[hits.length];
        int leaf = -1;
        int end = 0;
        NumericDocValues values = null;
        for (int hit : order) {
            int document = hits[hit].doc;
            while (document >= end) {
                leaf++;
                end = leaves.get(leaf).docBase + leaves.get(leaf).reader().maxDoc();
                values = null;
            }
            if (values == null) {
                values = leaves.get(leaf).reader().getNumericDocValues(field);
            }
            if (values == null || !values.advanceExact(document - leaves.get(leaf).docBase)) {
                throw new IllegalStateException("Document " + document + " has no " + field);
            }
            numbers[hit] = values.longValue();
        }
        return numbers;
    }

    /** Whether the index can no longer be changed: Lucene closes the writer after a failed write. */
    boolean isDead() {
        return !writer.isOpen();
    }

    @Override
    public void close() {
        try {
            IOUtils.close(searchers, writer::rollback, directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
