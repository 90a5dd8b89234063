package io.replyloop.retrieval;

import java.time.Duration;
import java.util.List;

/** What makes vectors of texts in this installation. Offered by the package that feeds the device. */
public interface Encoders {
    /** Of an installation without any. */
    Encoders NONE = only(List.of());

    /** These and no others. */
    static Encoders only(List<TextVectors> available) {
        return new Encoders() {
            @Override
            public List<TextVectors> available() {
                return available;
            }

            @Override
            public void await(Duration most) {}

            @Override
            public void serves(TextVectors vectors) {}
        };
    }

    /**
     * The one that is to serve first, then those that served before, whose vectors may still be all there are.
     *
     * @return empty while it is being opened, and where there is none
     */
    List<TextVectors> available();

    /** Waits until it is known what there is, or for so long. */
    void await(Duration most);

    /** From now on this one serves alone: what the others made is needed no longer. */
    void serves(TextVectors vectors);
}
