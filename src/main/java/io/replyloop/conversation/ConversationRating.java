package io.replyloop.conversation;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a customer said of one resolution. Changed only under the lock of the conversation. */
@Entity
@Table(name = "conversation_rating")
@IdClass(ConversationRating.Key.class)
class ConversationRating extends PanacheEntityBase {
    static final Duration CHANGEABLE = Duration.ofDays(1);

    record Key(UUID conversationId, long resolution) implements Serializable {}

    @Id
    @Column(name = "conversation_id")
    UUID conversationId;

    @Id
    long resolution;

    @Column(name = "public_sequence")
    long publicSequence;

    @Column(name = "resolved_by")
    UUID resolvedBy;

    @Column(name = "resolved_at")
    Instant resolvedAt;

    Short score;

    String comment;

    UUID act;

    @Column(name = "rated_at")
    Instant ratedAt;

    /** Of a resolution that nothing was said of yet. */
    static ConversationRating of(ConversationEvent resolution) {
        ConversationRating rating = new ConversationRating();
        rating.conversationId = resolution.conversationId;
        rating.resolution = resolution.sequence;
        rating.publicSequence = resolution.publicSequence;
        rating.resolvedBy = resolution.authorKind == AuthorKind.AGENT ? resolution.authorId : null;
        rating.resolvedAt = resolution.createdAt;
        rating.comment = "";
        return rating;
    }

    static Optional<ConversationRating> of(UUID conversation, long publicSequence) {
        return find("conversationId = ?1 and publicSequence = ?2", conversation, publicSequence)
                .firstResultOptional();
    }

    static List<ConversationRating> newest(UUID conversation, int most) {
        return ConversationRating.<ConversationRating>find(
                        "conversationId", Sort.descending("resolution"), conversation)
                .page(0, most)
                .list();
    }

    /** Those with a score, the newest first; only what was resolved before this event. */
    static List<ConversationRating> scored(UUID conversation, long before, int most) {
        return ConversationRating.<ConversationRating>find(
                        "conversationId = ?1 and resolution < ?2 and score is not null",
                        Sort.descending("resolution"),
                        conversation,
                        before)
                .page(0, most)
                .list();
    }

    /** @return whether that is new; a word once given is not taken back by a page that was closed without one */
    boolean change(UUID act, Integer score, String comment, Instant now) {
        if (act.equals(this.act) || (score == null && this.score != null)) {
            return false;
        }
        if (this.score != null && !now.isBefore(changeableUntil())) {
            throw new Problem(
                    ProblemCode.CONFLICT, "A rating can be changed for a day; write a message to tell us more.");
        }
        // The day counts from the first word.
        ratedAt = this.score == null ? now : ratedAt;
        this.act = act;
        this.score = score == null ? null : score.shortValue();
        this.comment = score == null ? "" : comment;
        return true;
    }

    private Instant changeableUntil() {
        return ratedAt.plus(CHANGEABLE);
    }

    RatingView view() {
        return new RatingView(
                conversationId,
                resolution,
                publicSequence,
                score == null ? null : score.intValue(),
                comment.isEmpty() ? null : comment,
                ratedAt,
                score == null ? null : changeableUntil());
    }
}
