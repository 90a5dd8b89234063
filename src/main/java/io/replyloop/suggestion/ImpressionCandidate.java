package io.replyloop.suggestion;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** One reply of an impression, with its place and its scores. */
@Entity
@Immutable
@Table(name = "impression_candidate")
@IdClass(ImpressionCandidate.Key.class)
class ImpressionCandidate {
    static class Key implements Serializable {
        UUID impression;
        int position;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && position == that.position
                    && Objects.equals(impression, that.impression);
        }

        @Override
        public int hashCode() {
            return Objects.hash(impression, position);
        }
    }

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "impression_id")
    Impression impression;

    @Id
    int position;

    @Column(name = "reply_id")
    UUID replyId;

    @Column(name = "reply_version")
    int replyVersion;

    @Column(name = "first_stage")
    double firstStage;

    double meaning;
    double memory;
    double known;
    double share;
    double unfamiliar;

    @Column(name = "model_logit")
    Double modelLogit;

    double probability;
    String confidence;
    boolean shown;

    @Column(name = "answered_before")
    Long answeredBefore;

    ImpressionView.Candidate view() {
        return new ImpressionView.Candidate(
                position,
                replyId,
                replyVersion,
                firstStage,
                meaning,
                memory,
                known,
                modelLogit,
                probability,
                Confidence.named(confidence),
                shown,
                answeredBefore);
    }
}
