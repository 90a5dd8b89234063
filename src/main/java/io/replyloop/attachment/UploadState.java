package io.replyloop.attachment;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What is known of an uploaded file; only one that is ready can be sent. */
public enum UploadState {
    SCANNING("scanning"),
    READY("ready"),
    REFUSED("refused");

    @EnumeratedValue
    private final String wireName;

    UploadState(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }
}
