package io.replyloop.conversation;

import io.replyloop.attachment.AttachmentView;
import io.replyloop.platform.ShortAnswers;
import java.util.List;
import java.util.UUID;

/**
 * What somebody sends: a text, files, or both.
 *
 * @param text empty where files say it all
 * @param attachments uploaded before
 * @param choices short answers that are offered with it
 */
public record MessageContent(String text, List<UUID> attachments, List<String> choices) {
    public MessageContent {
        attachments = List.copyOf(attachments);
        choices = ShortAnswers.checked(choices);
        text = !attachments.isEmpty() && text != null && text.isBlank() ? "" : new MessageText(text).value();
    }

    public MessageContent(String text, List<UUID> attachments) {
        this(text, attachments, List.of());
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
