package io.replyloop.attachment;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/**
 * A file from its upload on. Until it is sent, its sender alone sees it, and may take it back; from then on it belongs to
 * the message and changes no more. What is never sent is deleted after a day.
 */
@Entity
class Attachment extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "sender_kind", nullable = false, updatable = false)
    String senderKind;

    @Column(name = "sender_id", nullable = false, updatable = false)
    UUID senderId;

    @Column(name = "customer_id")
    UUID customerId;

    @Column(name = "conversation_id")
    UUID conversationId;

    @Column(nullable = false, updatable = false)
    String name;

    @Column(nullable = false, updatable = false)
    String type;

    @Column(nullable = false, updatable = false)
    long size;

    @Column(updatable = false)
    Integer width;

    @Column(updatable = false)
    Integer height;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    UploadState state;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;

    @Column(name = "sent_at")
    Instant sentAt;

    @Column(nullable = false)
    boolean internal;

    boolean isOf(Sender sender) {
        return senderId.equals(sender.id()) && senderKind.equals(sender.kind());
    }

    /** Whether somebody may have the file. */
    boolean isFor(Sender reader) {
        if (isOf(reader)) {
            return true;
        } else if (sentAt == null) {
            return false;
        }
        return !reader.isCustomer() || !internal && reader.id().equals(customerId);
    }

    /** Makes it a part of a message of its sender, once. */
    void send(UUID sender, UUID conversation, UUID customer, boolean asNote) {
        boolean here = conversationId == null || conversationId.equals(conversation);
        if (!senderId.equals(sender) || !here || state == UploadState.REFUSED) {
            throw gone();
        }
        if (sentAt != null) {
            throw new Problem(
                    ProblemCode.CONFLICT, "A file of this message has been sent already; attach it once more.");
        }
        if (state == UploadState.SCANNING) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE, "A file of this message is still being checked. Try again in a moment.");
        }
        conversationId = conversation;
        customerId = customer;
        internal = asNote;
        sentAt = Instant.now();
    }

    static Problem gone() {
        return new Problem(ProblemCode.NOT_FOUND, "A file of this message is no longer there; attach it once more.");
    }

    AttachmentView view() {
        return new AttachmentView(id, name, type, size, width, height);
    }

    UploadView upload() {
        return new UploadView(view(), state);
    }
}
