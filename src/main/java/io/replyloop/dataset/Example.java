package io.replyloop.dataset;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A question and a reply, and whether they fit: what a decision has taught. Label and exclusion change, by people and by later decisions. */
@Entity
@Table(name = "example")
class Example extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "decision_id")
    UUID decisionId;

    @Column(name = "impression_id")
    UUID impressionId;

    @Column(name = "conversation_id")
    UUID conversationId;

    String query;

    @Column(name = "reply_id")
    UUID replyId;

    @Column(name = "reply_text")
    String replyText;

    double label;
    boolean excluded;

    /** Excluded because its conversation is spam. */
    boolean spam;

    /** Counts changes, so that nobody corrects what has become something else since it was read. */
    int version;

    @Column(name = "created_at")
    Instant createdAt;
}
