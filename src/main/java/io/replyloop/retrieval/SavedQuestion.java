package io.replyloop.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;

/**
 * An answered question as it is stored in the folder of an index.
 *
 * @param meant whether it has an embedding
 */
record SavedQuestion(UUID reply, long number, boolean meant) {
    static List<SavedQuestion> oldestFirst(IndexSearcher searcher) throws IOException {
        List<SavedQuestion> saved = new ArrayList<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Bits live = leaf.reader().getLiveDocs();
            ScoreDoc[] documents = IntStream.range(0, leaf.reader().maxDoc())
                    .filter(document -> live == null || live.get(document))
                    .mapToObj(document -> new ScoreDoc(leaf.docBase + document, 0))
                    .toArray(ScoreDoc[]::new);
            UUID[] replies = LiveIndex.replies(searcher, documents);
            long[][] numbers = LiveIndex.numbers(searcher, documents, "number", "meant");
            for (int i = 0; i < documents.length; i++) {
                saved.add(new SavedQuestion(replies[i], numbers[0][i], numbers[1][i] == 1));
            }
        }
        saved.sort(Comparator.comparingLong(SavedQuestion::number));
        return saved;
    }
}
