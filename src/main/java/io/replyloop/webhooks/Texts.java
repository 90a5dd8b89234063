package io.replyloop.webhooks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WireNames;
import io.replyloop.privacy.GivenNames;
import io.replyloop.privacy.PersonalData;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How much of what people write, and of who they are, a receiver is told. */
@Schema(name = "WebhookTexts")
public enum Texts {
    /** That something was written, and by whom, but not what. */
    NONE,
    /** What was written, with personal data masked as for learning, and customers by their ids. */
    MASKED,
    /** What was written as it is, and what customers are called. */
    FULL;

    @JsonValue
    public String wireName() {
        return WireNames.of(this);
    }

    @JsonCreator
    public static Texts named(String wireName) {
        return WireNames.find(Texts.class, wireName)
                .orElseThrow(() -> new Problem(ProblemCode.INVALID, "texts is none, masked or full."));
    }

    boolean namesCustomers() {
        return this == FULL;
    }

    /**
     * What of a text goes out; null for nothing.
     *
     * @param names what the customer is called, for the masks; null where that is not known
     */
    String of(String text, String names) {
        return switch (this) {
            case NONE -> null;
            case MASKED -> text == null ? null : PersonalData.masked(GivenNames.masked(text, names));
            case FULL -> text;
        };
    }
}
