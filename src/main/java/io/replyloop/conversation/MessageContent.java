package io.replyloop.conversation;

import io.replyloop.attachment.AttachmentView;
import java.util.List;
import java.util.UUID;

/**
 * What somebody sends: a text, files, or both.
 *
 * @param text empty where files say it all
 * @param attachments uploaded before
 */
public record MessageContent(String text, List<UUID> attachments) {
    public MessageContent {
        attachments = List.copyOf(attachments);
        text = !attachments.isEmpty() && text != null && text.isBlank() ? "" : new MessageText(text).value();
    }

    public static MessageContent of(String text) {
        return new MessageContent(text, List.of());
    }

    /** The beginning of it, on one line, for the inbox. */
    String preview(List<AttachmentView> files) {
        return text.isEmpty()
                ? new MessageText("[" + files.get(0).name() + "]").preview()
                : new MessageText(text).preview();
    }
}
