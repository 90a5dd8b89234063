package io.replyloop.draft;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What stands in an editor.
 *
 * @param mode {@code reply} or {@code note}
 * @param origin null for words of the agent's own
 * @param typed what the agent had typed before taking the reply; null for nothing
 * @param begunAt the newest event of the conversation when it was begun; null where that is not known
 * @param choices short answers that are to be offered with it, not checked yet; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DraftContent(
        String mode, String text, DraftOrigin origin, String typed, Long begunAt, List<String> choices) {
    static final DraftContent EMPTY = new DraftContent(DraftText.REPLY, "", null, null, null);

    public DraftContent(String mode, String text, DraftOrigin origin, String typed, Long begunAt) {
        this(mode, text, origin, typed, begunAt, null);
    }

    DraftText words() {
        return new DraftText(mode, text);
    }

    @JsonIgnore
    public boolean isBlank() {
        return text.isBlank();
    }
}
