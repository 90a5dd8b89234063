package io.replyloop.curation;

import io.replyloop.dataset.LabelledExample;
import io.replyloop.knowledge.DecisionMemory;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.RememberedDecision;
import io.replyloop.suggestion.ImpressionService;
import io.replyloop.suggestion.ImpressionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Objects;
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

    CorrectedMemory(DecisionMemory memory, ImpressionService impressions, KnowledgeService knowledge) {
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

    /** Last, because it locks the knowledge base's revision until the commit. */
    void remember(LabelledExample example, RememberedDecision wanted) {
        if (!wanted.equals(of(example))) {
            ImpressionView asked = impressions.find(example.impression()).orElseThrow();
            memory.replace(example.decision(), asked.query(), asked.question(), wanted);
        }
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
