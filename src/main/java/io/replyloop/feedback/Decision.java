package io.replyloop.feedback;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** What an agent did with an impression, identified by the client's UUID of that action. Never changed. */
@Entity
@Immutable
@Table(name = "decision")
class Decision extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "impression_id")
    UUID impressionId;

    @Column(name = "conversation_id")
    UUID conversationId;

    @Column(name = "agent_id")
    UUID agentId;

    @Enumerated(EnumType.STRING)
    Outcome outcome;

    @Column(name = "reply_id")
    UUID replyId;

    Integer position;
    String reason;
    String comment;

    @Column(name = "text_sent")
    String textSent;

    @Column(name = "edit_distance")
    Integer editDistance;

    @Enumerated(EnumType.STRING)
    Source source;

    @Column(name = "reply_version")
    Integer replyVersion;

    @Column(name = "on_screen")
    Boolean onScreen;

    @Column(name = "screen_millis")
    Long screenMillis;

    String typed;
    String search;

    /** Whether the reply is the right one; null for rejections and rows of older versions. */
    Boolean accepted;

    @Column(name = "created_at")
    Instant createdAt;
}
