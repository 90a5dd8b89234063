package io.replyloop.retrieval;

import io.replyloop.retrieval.VectorStore.Kind;
import java.util.List;

/**
 * An encoder that is to serve once it has read everything. It goes through all that the index has, a part at a time, and
 * again until hardly anything was unread: what came meanwhile, or what could not be stored, is read the next time.
 */
final class NextEncoder {
    /** What comes in the time that all is looked through once more. */
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

    /** What it is to read now; the same again where that has failed. */
    BackgroundReading.Part part(KnowledgeFollower.State now) {
        List<Meanings.UnreadReply> replies = List.of();
        if (!begun) {
            left = now.index().answered();
            replies = now.replies().values().stream()
                    .map(KnowledgeFollower.Published::unread)
                    .toList();
        }
        return new BackgroundReading.Part(
                meanings,
                replies,
                Kind.ANSWERED,
                left.subList(0, Math.min(BackgroundReading.Part.QUESTIONS, left.size())));
    }

    /** The part has been read, of which the encoder had to read so many. */
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
