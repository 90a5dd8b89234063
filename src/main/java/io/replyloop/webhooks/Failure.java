package io.replyloop.webhooks;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a receiver has not taken an event. */
@Schema(name = "WebhookFailure")
public enum Failure {
    /** It answered, and not with 2xx. */
    STATUS,
    /** With another address, to which nothing is sent: it is not the one that an admin has named. */
    REDIRECTED,
    /** It wants nothing any more: 410. */
    GONE,
    TIMEOUT,
    UNREACHABLE,
    /** The connection broke before the answer was complete. */
    BROKEN,
    /** Its certificate or its TLS. */
    TLS,
    UNKNOWN_HOST,
    /** It is not public, and not allowed. */
    NOT_PUBLIC,
    /** Without TLS to an address that is not allowed explicitly. */
    NOT_ENCRYPTED;

    @JsonValue
    public String wireName() {
        return WireNames.of(this);
    }

    static Failure stored(String wireName) {
        return WireNames.find(Failure.class, wireName).orElse(BROKEN);
    }
}
