package io.replyloop.frames;

import static io.replyloop.frames.GoldenFramesTest.ADA;
import static io.replyloop.frames.GoldenFramesTest.AT;
import static io.replyloop.frames.GoldenFramesTest.BY_CUSTOMER;
import static io.replyloop.frames.GoldenFramesTest.CONVERSATION;
import static io.replyloop.frames.GoldenFramesTest.CUSTOMER_ACT;
import static io.replyloop.frames.GoldenFramesTest.DOCUMENT;
import static io.replyloop.frames.GoldenFramesTest.PICTURE;
import static io.replyloop.frames.GoldenFramesTest.QUESTION;

import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.Author;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.EventKind;
import io.replyloop.conversation.InboxAct;
import java.util.List;
import java.util.UUID;

/** Events of the conversation that the golden files are about. */
final class GoldenEvents {
    private GoldenEvents() {}

    static ConversationEventView message(long sequence, Long publicSequence) {
        return event(sequence, publicSequence, EventKind.MESSAGE, BY_CUSTOMER, CUSTOMER_ACT, QUESTION, null, null);
    }

    static ConversationEventView withFiles() {
        return new ConversationEventView(
                CONVERSATION,
                7,
                5L,
                AT,
                EventKind.MESSAGE,
                BY_CUSTOMER,
                CUSTOMER_ACT,
                "",
                null,
                null,
                null,
                null,
                List.of(
                        new AttachmentView(PICTURE, "parcel.jpg", "image/jpeg", 48_213, 1512, 2016),
                        new AttachmentView(DOCUMENT, "发票.pdf", "application/pdf", 90_112, null, null)),
                null,
                null,
                null);
    }

    static ConversationEventView event(
            long sequence,
            Long publicSequence,
            EventKind kind,
            Author author,
            UUID clientId,
            String text,
            ConversationStatus status,
            String assignee) {
        return new ConversationEventView(
                CONVERSATION,
                sequence,
                publicSequence,
                AT,
                kind,
                author,
                clientId,
                text,
                status,
                assignee == null ? null : ADA,
                assignee,
                null,
                null,
                null,
                null,
                null);
    }

    static ConversationEventView act(long sequence, Author author, InboxAct act) {
        return new ConversationEventView(
                CONVERSATION,
                sequence,
                null,
                AT,
                EventKind.ACT,
                author,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                act,
                null,
                null);
    }
}
