package io.replyloop.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.conversation.SpamMarked;
import io.replyloop.feedback.DecisionMade;
import io.replyloop.feedback.Outcome;
import io.replyloop.feedback.PositionBias;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.privacy.CustomerErasure;
import io.replyloop.privacy.PersonalData;
import io.replyloop.ranking.OwnScore;
import io.replyloop.suggestion.ImpressionService;
import io.replyloop.suggestion.ImpressionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** Writes labelled examples in the transaction of the decision that they follow from, and counts them. */
@ApplicationScoped
@Transactional
public class ExampleService {
    private final Session session;
    private final ObjectMapper json;
    private final ImpressionService impressions;
    private final KnowledgeService knowledge;
    private final DatasetConfig config;
    private final LearnedDataset learned;
    private final PositionBias bias;

    ExampleService(
            Session session,
            ObjectMapper json,
            ImpressionService impressions,
            KnowledgeService knowledge,
            DatasetConfig config,
            LearnedDataset learned,
            PositionBias bias) {
        this.session = session;
        this.json = json;
        this.impressions = impressions;
        this.knowledge = knowledge;
        this.config = config;
        this.learned = learned;
        this.bias = bias;
    }

    void learn(@Observes DecisionMade decision) {
        ImpressionView impression = impressions.find(decision.impression()).orElseThrow();
        if (decision.outcome() == Outcome.REJECTED && isKnownToFit(decision)) {
            return;
        }
        Map<UUID, Integer> versions = new HashMap<>();
        impression.candidates().forEach(candidate -> versions.put(candidate.reply(), candidate.version()));
        Map<UUID, String> words = knowledge.textsAt(versions);
        List<Labelling.Label> labels =
                Labelling.of(decision, impression, words, config.negatives(), bias.examination());
        session.createNativeMutationQuery("""
                        insert into example (decision_id, impression_id, conversation_id, query, reply_id, reply_text, label,
                            masked, masked_by)
                        select :decision, :impression, :conversation, :query, reply, text, label, true, :rules
                        from jsonb_to_recordset(cast(:labels as jsonb))
                            as label (reply uuid, text text, label double precision)
                        on conflict do nothing""")
                .setParameter("decision", decision.decision())
                .setParameter("impression", decision.impression())
                .setParameter("conversation", decision.conversation())
                .setParameter("query", PersonalData.masked(impression.query()))
                .setParameter("labels", write(labels))
                .setParameter("rules", PersonalData.RULES)
                .executeUpdate();
        if (decision.accepted()) {
            takeBackRejection(decision);
        }
    }

    /** Nothing is learned from spam; what an admin had excluded before stays so when it turns out to be none. */
    void leaveOut(@Observes SpamMarked marked) {
        String change = marked.spam()
                ? "excluded = true, spam = true, version = version + 1 where conversationId = ?1 and not excluded"
                : "excluded = false, spam = false, version = version + 1 where conversationId = ?1 and spam";
        Example.update(change, marked.conversation());
    }

    /** They go with the conversation. */
    void count(@Observes CustomerErasure erasure) {
        erasure.removed("examples", Example.count("conversationId", erasure.conversation()));
    }

    public ExampleSummary summary() {
        Tuple row = session.createNativeQuery(
                        """
                        select count(*) as total,
                            count(*) filter (where label >= 0.5) as positive,
                            count(*) filter (where label < 0.5) as negative,
                            count(*) filter (where %s) as fresh,
                            count(*) filter (where %s) as of_history
                        %sexample where not excluded""".formatted(LearnedDataset.HAS_NOT_EXAMPLE, AllExamples.OF_HISTORY, AllExamples.FROM),
                        Tuple.class)
                .setParameter(
                        "learned", learned.newestLearned().map(UUID::toString).orElse(null))
                .getSingleResult();
        return new ExampleSummary(
                row.get("total", Long.class),
                row.get("positive", Long.class),
                row.get("negative", Long.class),
                row.get("fresh", Long.class),
                row.get("of_history", Long.class));
    }

    /** What spoke for which candidate in the newest decisions on what that model ranked. */
    List<List<OwnScore.Candidate>> decided(UUID model) {
        return session.doReturningWork(database -> DecidedImpressions.by(model, null, database));
    }

    private boolean isKnownToFit(DecisionMade rejection) {
        return Example.count(
                        "impressionId = ?1 and replyId = ?2 and label = 1 and not excluded",
                        rejection.impression(),
                        rejection.reply())
                > 0;
    }

    /** Whoever uses a reply after rejecting it, or after a colleague did, has the last word. */
    private void takeBackRejection(DecisionMade decision) {
        Example.update(
                "excluded = true, version = version + 1 where impressionId = ?1 and replyId = ?2 and label = 0"
                        + " and not excluded and decisionId <> ?3",
                decision.impression(),
                decision.reply(),
                decision.decision());
    }

    private String write(List<Labelling.Label> labels) {
        try {
            return json.writeValueAsString(labels);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
