package io.replyloop.suggestion;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the models made of one question.
 *
 * @param trigger sequence number of the customer's message that it answers
 * @param query what the models read
 * @param question what the customer asked, without the turns before
 * @param modelNumber 0 when the first stage ranked alone
 * @param candidates those shown first, in the order of the screen; then the others, best first
 */
public record ImpressionView(
        UUID id,
        UUID conversation,
        long trigger,
        String query,
        String question,
        long modelNumber,
        double tookMillis,
        Instant createdAt,
        List<Candidate> candidates) {

    /**
     * @param position from 1
     * @param known how much answered questions knew of the moment
     * @param logit of the cross-encoder; null when it was not asked
     * @param before the answered question most like this one; null for none, or what was not shown
     * @param confidence the word that agents saw; null where they saw nothing, or long ago
     */
    public record Candidate(
            int position,
            UUID reply,
            int version,
            double firstStage,
            double meaning,
            double memory,
            double known,
            Double logit,
            double probability,
            Confidence confidence,
            boolean shown,
            Long before) {}

    public List<Candidate> shown() {
        return candidates.stream().filter(Candidate::shown).toList();
    }

    public Optional<Candidate> candidate(UUID reply) {
        return candidates.stream()
                .filter(candidate -> candidate.reply().equals(reply))
                .findFirst();
    }
}
