package io.replyloop.shadow;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;
import java.util.Locale;

/** Why a shadow ended. */
enum EndReason {
    /** By an admin. */
    STOPPED,
    TIME,
    /** As many of its questions as were asked for are decided. */
    DECISIONS,
    /** Its model serves now. */
    PROMOTED,
    /** Another model serves now, so that there is nothing to compare with any more. */
    CHAMPION_CHANGED,
    /** Its model could not be loaded after a restart. */
    FAILED;

    @JsonValue
    String wireName() {
        return WireNames.of(this);
    }

    static EndReason named(String wireName) {
        return wireName == null
                ? null
                : valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
