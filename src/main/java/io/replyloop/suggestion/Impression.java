package io.replyloop.suggestion;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** The candidates for one question of a customer, and which of them agents were shown. Never changed. */
@Entity
@Immutable
@Table(name = "impression")
class Impression extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "conversation_id")
    UUID conversationId;

    @Column(name = "trigger_sequence")
    long triggerSequence;

    String query;
    String question;

    @Column(name = "model_id")
    UUID modelId;

    @Column(name = "model_number")
    long modelNumber;

    @Column(name = "ranked_by")
    String rankedBy;

    @Column(name = "knowledge_revision")
    long knowledgeRevision;

    @Column(name = "candidate_count")
    int candidateCount;

    @Column(name = "shown_count")
    int shownCount;

    @Column(name = "took_millis")
    double tookMillis;

    @Column(name = "created_at")
    Instant createdAt;

    @OneToMany(mappedBy = "impression", fetch = FetchType.LAZY)
    @OrderBy("position")
    List<ImpressionCandidate> candidates;

    static Optional<Impression> of(UUID conversation, long trigger) {
        return find("conversationId = ?1 and triggerSequence = ?2", conversation, trigger)
                .firstResultOptional();
    }

    static boolean exists(UUID conversation, long trigger) {
        return count("conversationId = ?1 and triggerSequence = ?2", conversation, trigger) > 0;
    }

    static Optional<Impression> newestOf(UUID conversation) {
        return find("conversationId = ?1 order by triggerSequence desc", conversation)
                .firstResultOptional();
    }

    ImpressionView view() {
        return new ImpressionView(
                id,
                conversationId,
                triggerSequence,
                query,
                question,
                modelNumber,
                tookMillis,
                createdAt,
                candidates.stream().map(ImpressionCandidate::view).toList());
    }
}
