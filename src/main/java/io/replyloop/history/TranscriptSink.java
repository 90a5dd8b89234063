package io.replyloop.history;

/** Takes what is read of a file, in its order. */
interface TranscriptSink {
    void conversation(Transcript transcript);

    void leftOut(LeftOut why, int line);

    /** How far the reading is, in bytes of the file as it came. */
    default void progress() {}

    /** A message of somebody of whom nobody has said what they are. */
    default void byOthers() {}
}
