package io.replyloop.conversation;

import io.replyloop.platform.Script;

/** What language a customer writes, as far as a few words tell: Chinese, or something else. */
final class ConversationLanguage {
    static final String CHINESE = "zh";
    static final String OTHER = "other";

    private ConversationLanguage() {}

    /** @param before null where it is not known yet; stays when the text has no letters */
    static String after(String before, String text) {
        return switch (Script.of(text)) {
            case CHINESE -> CHINESE;
            case OTHER -> OTHER;
            case NONE -> before;
        };
    }
}
