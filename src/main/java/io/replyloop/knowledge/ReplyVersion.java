package io.replyloop.knowledge;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One version of a reply. Never changed. */
@Entity
@Table(name = "reply_version")
@IdClass(ReplyVersion.Key.class)
class ReplyVersion {
    record Key(UUID replyId, int version) {}

    @Id
    @Column(name = "reply_id")
    UUID replyId;

    @Id
    int version;

    String label;
    String title;
    String text;
    String language;
    String[] categories;
    String shortcode;
    String[] choices;
    ReplyState state;

    @Column(name = "changed_by")
    UUID changedBy;

    @Column(name = "changed_at")
    Instant changedAt;

    @Column(name = "restored_from")
    Integer restoredFrom;

    protected ReplyVersion() {}

    ReplyVersion(Reply reply, UUID changedBy, Integer restoredFrom) {
        replyId = reply.id;
        version = reply.version;
        label = reply.label;
        title = reply.title;
        text = reply.text;
        language = reply.language;
        categories = reply.categories;
        shortcode = reply.shortcode;
        choices = reply.choices;
        state = reply.state;
        this.changedBy = changedBy;
        changedAt = reply.updatedAt;
        this.restoredFrom = restoredFrom;
    }

    /** As a change of the version that was read. */
    ReplyDraft draft(int read) {
        return new ReplyDraft(label, title, text, language, List.of(categories), shortcode, List.of(choices), read);
    }

    /** @param name of whoever has made it; null where that is not known */
    ReplyView.Version view(String name) {
        return new ReplyView.Version(
                version,
                label,
                title,
                text,
                language,
                List.of(categories),
                shortcode,
                state,
                changedBy,
                name,
                changedAt,
                restoredFrom,
                List.of(choices));
    }
}
