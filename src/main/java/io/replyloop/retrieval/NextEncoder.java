package io.replyloop.retrieval;

import io.replyloop.retrieval.VectorStore.Kind;
import java.util.List;

/**
 * An encoder that will serve once it has encoded everything. It goes through everything in the index, one part at a
 * time, and starts over until hardly anything was new: a further pass encodes what was added in the meantime or could
 * not be stored.
 */
final class NextEncoder {
    /** As many new texts as may be added during one pass. */
    private static final int HARDLY_ANY = 16;

    private final Meanings meanings;
    private List<Long> left = List.of();
    private boolean begun;
    private int read;
    private boolean ready;

    NextEncoder(Meanings meanings) {
        this.meanings = meanings;
    }

    Meanings meanings() {
        return meanings;
    }

    boolean isReady() {
        return ready;
    }

    /** The part to encode next; the same part again if that failed. */
    BackgroundReading.Part part(KnowledgeFollower.State now) {
        List<Meanings.UnreadReply> replies = List.of();
        if (!begun) {
            left = now.index().answered();
            replies = now.replies().values().stream().map(Published::unread).toList();
        }
        return new BackgroundReading.Part(
                meanings,
                replies,
                Kind.ANSWERED,
                left.subList(0, Math.min(BackgroundReading.Part.QUESTIONS, left.size())));
    }

    /** Called when a part is done, with the number of texts that had to be encoded. */
    void ended(int texts) {
        begun = true;
        read += texts;
        left = left.subList(Math.min(BackgroundReading.Part.QUESTIONS, left.size()), left.size());
        if (left.isEmpty()) {
            ready = read <= HARDLY_ANY;
            begun = false;
            read = 0;
        }
    }
}
