package io.replyloop.knowledge;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A reply of the team. It begins as a draft, is published once it may be suggested, and is archived when it is no
 * longer valid; every change creates a version. If two people edit the same version, the second one gets an error
 * instead of overwriting the first one's change.
 */
@Entity
class Reply {
    @Id
    UUID id;

    String label;
    String title;
    String text;
    String language;
    String[] categories;
    String shortcode;

    /** Short answers that customers may choose from. */
    String[] choices;

    ReplyState state;
    int version;

    /** Written by {@link ReplyReviews} alone, so that nobody who changes the contents overwrites it with what they read. */
    @Column(name = "review_on", insertable = false, updatable = false)
    LocalDate reviewOn;

    /** Which replies say the same in several languages; written by {@link ReplyTranslations} alone. */
    @Column(insertable = false, updatable = false)
    UUID translations;

    @Column(name = "text_key")
    String textKey;

    long revision;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    protected Reply() {}

    Reply(UUID id, ReplyDraft draft, ReplyState state, long revision) {
        this.id = id;
        this.state = state;
        version = 1;
        createdAt = now();
        fill(draft);
        changedAt(revision);
    }

    /** Applies the draft; returns false if that changes nothing. */
    boolean edit(ReplyDraft draft, long revision) {
        if (draft.version() != null && draft.version() != version) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "Somebody has changed this reply since you opened it (yours is version " + draft.version()
                            + ", the newest is " + version + "). Load it again and repeat your change.");
        }
        if (Objects.equals(label, draft.label())
                && title.equals(draft.title())
                && text.equals(draft.text())
                && language.equals(draft.language())
                && Arrays.asList(categories).equals(draft.categories())
                && Objects.equals(shortcode, draft.shortcode())
                && Arrays.asList(choices).equals(draft.choices())) {
            return false;
        }
        fill(draft);
        version++;
        changedAt(revision);
        return true;
    }

    /** Returns false if the reply is in that state already. */
    boolean change(ReplyState wanted, long revision) {
        if (state == wanted) {
            return false;
        }
        state = wanted;
        version++;
        changedAt(revision);
        return true;
    }

    ReplyView view(long questions, ReplyUsage.Count usage) {
        return new ReplyView(
                id,
                label,
                title,
                text,
                language,
                List.of(categories),
                shortcode,
                state,
                version,
                createdAt,
                updatedAt,
                questions,
                usage == null ? null : usage.shown(),
                usage == null ? null : usage.sent(),
                usage == null ? null : usage.edited(),
                usage == null ? null : usage.lastSent(),
                reviewOn,
                List.of(choices));
    }

    /** What it says now, as a change of this version. */
    ReplyDraft draft() {
        return new ReplyDraft(label, title, text, language, List.of(categories), shortcode, List.of(choices), version);
    }

    private void fill(ReplyDraft draft) {
        label = draft.label();
        title = draft.title();
        text = draft.text();
        textKey = ReplyText.key(text);
        language = draft.language();
        categories = draft.categories().toArray(String[]::new);
        shortcode = draft.shortcode();
        choices = draft.choices().toArray(String[]::new);
    }

    private void changedAt(long newRevision) {
        revision = newRevision;
        updatedAt = now();
    }

    private static Instant now() {
        // PostgreSQL's precision, so that a view equals one made after a reload.
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
