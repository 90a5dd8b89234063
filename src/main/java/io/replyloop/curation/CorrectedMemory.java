package io.replyloop.curation;

import io.replyloop.dataset.ExampleEditing;
import io.replyloop.dataset.LabelledExample;
import io.replyloop.knowledge.DecisionMemory;
import io.replyloop.knowledge.ForgottenRejection;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.RememberedDecision;
import io.replyloop.suggestion.ImpressionService;
import io.replyloop.suggestion.ImpressionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a correction means for the memory of answered and of rejected questions, which keeps one answer and one rejection of
 * each decision.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class CorrectedMemory {
    private final DecisionMemory memory;
    private final ImpressionService impressions;
    private final KnowledgeService knowledge;
    private final ExampleEditing examples;

    CorrectedMemory(
            DecisionMemory memory, ImpressionService impressions, KnowledgeService knowledge, ExampleEditing examples) {
        this.examples = examples;
        this.memory = memory;
        this.impressions = impressions;
        this.knowledge = knowledge;
    }

    RememberedDecision of(LabelledExample example) {
        return example.isImported() ? RememberedDecision.NOTHING : memory.of(example.decision());
    }

    /**
     * The answer that the agent gave stays unless it is what turned out wrong.
     *
     * @param other the reply that fits instead; null for none
     */
    RememberedDecision corrected(LabelledExample example, RememberedDecision before, boolean fits, UUID other) {
        UUID reply = example.reply();
        if (example.isImported() || reply == null && other == null) {
            return before;
        }
        if (fits) {
            boolean wasRejected = reply.equals(before.rejected());
            return new RememberedDecision(
                    before.answered() == null ? reply : before.answered(),
                    wasRejected ? null : before.rejected(),
                    wasRejected ? null : before.version());
        }
        UUID answered = Objects.equals(reply, before.answered()) ? other : other == null ? before.answered() : other;
        boolean rejects = reply != null && before.rejected() == null;
        return new RememberedDecision(
                answered,
                rejects ? reply : before.rejected(),
                rejects ? Integer.valueOf(version(example)) : before.version());
    }

    /**
     * A reply that now answers the question was not rightly rejected for it, by whomever.
     *
     * @param corrected decisions of this correction, whose memory follows from their own examples
     * @return what is forgotten; null for nothing
     */
    List<ForgottenRejection> forgetRejections(
            LabelledExample example, RememberedDecision before, RememberedDecision after, Set<UUID> corrected) {
        if (after.answered() == null || after.answered().equals(before.answered())) {
            return null;
        }
        ImpressionView asked = asked(example.impression());
        List<ForgottenRejection> forgotten =
                memory.forgetRejections(after.answered(), asked.query(), asked.question(), corrected);
        return forgotten.isEmpty() ? null : forgotten;
    }

    /** @param impression the suggestions that the decision was about */
    record Wanted(UUID decision, UUID impression, RememberedDecision memory) {
        static Wanted of(LabelledExample example, RememberedDecision memory) {
            return new Wanted(example.decision(), example.impression(), memory);
        }
    }

    /** What comes back with an undo; empty where nothing of that decision is left, or it is said to have rejected another. */
    Optional<Wanted> rejectedAgain(ForgottenRejection forgotten) {
        RememberedDecision now = memory.of(forgotten.decision());
        return now.rejected() != null
                ? Optional.empty()
                : examples.impressionOf(forgotten.decision())
                        .map(impression -> new Wanted(
                                forgotten.decision(),
                                impression,
                                new RememberedDecision(now.answered(), forgotten.reply(), forgotten.version())));
    }

    /** Last, because it locks the knowledge base's revision until the commit. */
    void remember(Collection<Wanted> all) {
        memory.replace(all.stream()
                .filter(wanted -> !wanted.memory().equals(memory.of(wanted.decision())))
                .map(wanted -> {
                    ImpressionView asked = asked(wanted.impression());
                    return new DecisionMemory.Wanted(
                            wanted.decision(), asked.query(), asked.question(), wanted.memory());
                })
                .toList());
    }

    private ImpressionView asked(UUID impression) {
        return impressions.find(impression).orElseThrow();
    }

    /** Which version of the reply was read; another text is not to blame. */
    private int version(LabelledExample example) {
        return impressions
                .find(example.impression())
                .flatMap(impression -> impression.candidate(example.reply()))
                .map(ImpressionView.Candidate::version)
                .orElseGet(() -> knowledge.get(example.reply()).version());
    }
}
