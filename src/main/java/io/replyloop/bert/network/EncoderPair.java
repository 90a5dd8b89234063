package io.replyloop.bert.network;

import io.replyloop.bert.checkpoint.CheckpointException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory with encoders for two languages: one in {@value #ENGLISH}, one in {@value #CHINESE}. */
public final class EncoderPair {
    public static final String ENGLISH = "english";
    public static final String CHINESE = "chinese";
    private static final String CONFIG = "config.json";

    private EncoderPair() {}

    /**
     * Whether a directory contains two encoders rather than one.
     *
     * @throws CheckpointException if it contains only one of the two
     */
    static boolean isIn(Path directory) {
        boolean english = Files.exists(directory.resolve(ENGLISH).resolve(CONFIG));
        boolean chinese = Files.exists(directory.resolve(CHINESE).resolve(CONFIG));
        if (english != chinese) {
            throw new CheckpointException(directory + ": holds an encoder in '" + (english ? ENGLISH : CHINESE)
                    + "' and none in '" + (english ? CHINESE : ENGLISH) + "'; copy the whole directory");
        }
        return english;
    }
}
