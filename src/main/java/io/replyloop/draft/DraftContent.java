package io.replyloop.draft;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What stands in an editor.
 *
 * @param mode {@code reply} or {@code note}
 * @param origin null for words of the agent's own
 * @param typed what the agent had typed before taking the reply; null for nothing
 * @param begunAt the newest event of the conversation when it was begun; null where that is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DraftContent(String mode, String text, DraftOrigin origin, String typed, Long begunAt) {
    static final DraftContent EMPTY = new DraftContent(DraftText.REPLY, "", null, null, null);

    DraftText words() {
        return new DraftText(mode, text);
    }

    @JsonIgnore
    public boolean isBlank() {
        return text.isBlank();
    }
}
