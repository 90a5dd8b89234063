package io.replyloop.retrieval;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Chooses the encoder that searches use: the first one available or, until it has encoded everything, the one that
 * served before this start.
 */
final class EncoderChoice {
    private static final Logger LOG = Logger.getLogger(EncoderChoice.class);

    private final Encoders encoders;
    private final VectorStore vectors;
    /** The encoder that will serve once it has encoded everything. */
    private NextEncoder next;
    /** The encoder that was last announced as serving. */
    private TextVectors told;

    EncoderChoice(Encoders encoders, VectorStore vectors) {
        this.encoders = encoders;
        this.vectors = vectors;
    }

    /** @param serving what searches use so far; null for nothing */
    Meanings of(Meanings serving) {
        List<TextVectors> available = encoders.available();
        if (available.isEmpty()) {
            return serving;
        }
        TextVectors first = available.get(0);
        TextVectors chosen = first;
        boolean firstServes = serving != null && serving.encoder() == first;
        if (available.size() > 1 && !firstServes) {
            if (next == null || next.meanings().encoder() != first) {
                next = new NextEncoder(new Meanings(first, vectors));
            }
            chosen = next.isReady() ? first : available.get(available.size() - 1);
        }
        if (serving != null && serving.encoder() == chosen) {
            return serving;
        }
        Meanings meanings = new Meanings(chosen, vectors);
        use(meanings);
        return meanings;
    }

    /**
     * Searches use these embeddings now. If they are those of the first available encoder, {@link Encoders} is
     * informed, once.
     */
    void follows(Meanings meanings) {
        if (meanings != null
                && meanings.encoder() != told
                && meanings.encoder() == encoders.available().get(0)) {
            told = meanings.encoder();
            next = null;
            encoders.serves(told);
        }
    }

    /** Whether {@link Encoders} has been informed that these are in use. */
    boolean serves(Meanings meanings) {
        return meanings != null && meanings.encoder() == told;
    }

    /** The encoder that still has texts to encode before it can serve. */
    Optional<NextEncoder> unready() {
        return Optional.ofNullable(next).filter(one -> !one.isReady());
    }

    /** Records in the database which embeddings are in use. */
    void inUse(Meanings serving) {
        if (serving != null) {
            use(serving);
        }
        if (next != null) {
            use(next.meanings());
        }
    }

    private static void use(Meanings meanings) {
        try {
            meanings.use();
        } catch (SQLException | RuntimeException failure) {
            LOG.warnf("Could not record that the vectors of %s are in use: %s", meanings.key(), failure);
        }
    }
}
