package io.replyloop.retrieval;

import java.time.Duration;
import java.util.List;

/** The encoders of this installation. Implemented by the package that schedules work on the device. */
public interface Encoders {
    /** For an installation without an encoder. */
    Encoders NONE = only(List.of());

    /** Exactly these encoders. */
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
     * The encoder that should serve, followed by those that served before, whose vectors may still be the only ones
     * there are.
     *
     * @return empty while the encoder is being opened, and if there is none
     */
    List<TextVectors> available();

    /** Waits until the available encoders are known, but no longer than this. */
    void await(Duration most);

    /** From now on only this encoder serves; the others are no longer needed. */
    void serves(TextVectors vectors);
}
