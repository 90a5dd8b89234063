package io.replyloop.suggestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.conversation.ConversationService;
import io.replyloop.platform.Problem;
import io.replyloop.privacy.CustomerErasure;
import io.replyloop.privacy.PersonalData;
import io.replyloop.ranking.Ranking;
import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Evidence;
import io.replyloop.suggestion.ScreenOrders.ScreenOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Stores impressions, one for each question of a customer, and finds them again. */
@ApplicationScoped
@Transactional
public class ImpressionService {
    /** Held from here on: whoever erases it waits, or has been quicker, and then nothing is stored. */
    private static final String WHILE_THERE =
            "from (select from conversation where id = :conversation for key share) as held";

    private static final String IF_NEWEST = WHILE_THERE + """
            , set_config('synchronous_commit', 'off', true)
            where :trigger = (select max(sequence) from conversation_event
                where conversation_id = :conversation and kind = 'message' and text <> '')""";

    private final EntityManager entities;
    private final ObjectMapper json;
    private final ConversationService conversations;
    private final Event<SuggestionsReady> ready;
    private final Event<Ranked> ranked;

    ImpressionService(
            EntityManager entities,
            ObjectMapper json,
            ConversationService conversations,
            Event<SuggestionsReady> ready,
            Event<Ranked> ranked) {
        this.entities = entities;
        this.json = json;
        this.conversations = conversations;
        this.ready = ready;
        this.ranked = ranked;
    }

    /** They go with the conversation. */
    void count(@Observes CustomerErasure erasure) {
        erasure.removed("suggestions", Impression.count("conversationId", erasure.conversation()));
    }

    public Optional<ImpressionView> find(UUID id) {
        return Impression.<Impression>findByIdOptional(id).map(Impression::view);
    }

    /** The newest question of the customer; empty when the team spoke last. */
    Optional<QueryText> newestQuestion(UUID conversation, int turns) {
        return QueryText.of(conversations.lastMessages(conversation, QueryText.MESSAGES_READ), turns);
    }

    /** The newest question of the customer, unless it has its suggestions already. */
    Optional<QueryText> toAnswer(UUID conversation, int turns) {
        return newestQuestion(conversation, turns).filter(text -> !Impression.exists(conversation, text.trigger()));
    }

    /** What there is for that customer message. */
    public Optional<ImpressionView> of(UUID conversation, long trigger) {
        return Impression.of(conversation, trigger).map(Impression::view);
    }

    public Optional<ImpressionView> newestOf(UUID conversation) {
        return Impression.newestOf(conversation).map(Impression::view);
    }

    /** How often agents were shown each of these; those that never were are left out. */
    public Map<UUID, Long> timesShown(Collection<UUID> replies) {
        Map<UUID, Long> times = new HashMap<>();
        List<?> rows = entities.createNativeQuery("""
                        select reply_id as reply, count(*) as times from impression_candidate
                        where reply_id = any(:replies) and shown group by reply_id""", Tuple.class)
                .setParameter("replies", replies.toArray(UUID[]::new))
                .getResultList();
        for (Object each : rows) {
            Tuple row = (Tuple) each;
            times.put(row.get("reply", UUID.class), row.get("times", Long.class));
        }
        return times;
    }

    /** With what is shown in the order of its rank. */
    boolean record(SuggestionsView suggestions, QueryText text, Ranking ranking, long revision, Shortlist shortlist) {
        return record(suggestions, text, ranking, revision, shortlist, ScreenOrder.asRanked(shortlist));
    }

    /**
     * Stores an impression and announces it, unless the conversation has moved on meanwhile or another node was quicker.
     * Does not wait for the disk: whatever refers to it comes later and is flushed after it, and one that a crash of the
     * database takes back is computed again.
     *
     * @param order in which those shown stand on the screen
     * @return whether it was stored
     */
    boolean record(
            SuggestionsView suggestions,
            QueryText text,
            Ranking ranking,
            long revision,
            Shortlist shortlist,
            ScreenOrder order) {
        QueryText kept = text.masked(
                conversations.summary(suggestions.conversation()).customer().everyName());
        boolean stored = insert(suggestions, text.trigger(), kept, ranking, revision, shortlist, order, IF_NEWEST);
        if (stored) {
            tell(suggestions, text, ranking);
        }
        return stored;
    }

    /**
     * Stores what was found for a question of another desk. Waits for the disk: the program keeps the impression, and
     * what it says of it later is not computed again.
     *
     * @param number of the question in its conversation
     * @param customer what the customer is called; null where that is not known
     */
    public SuggestionsView recordOutside(
            UUID conversation, long number, String customer, OutsideSuggestions.Found found) {
        SuggestionsView suggestions = found.view(conversation, number);
        boolean stored = insert(
                suggestions,
                number,
                found.text().masked(customer),
                found.ranking(),
                found.revision(),
                found.shortlist(),
                ScreenOrder.asRanked(found.shortlist()),
                WHILE_THERE);
        if (!stored) {
            throw Problem.notFound("conversation");
        }
        tell(suggestions, found.text(), found.ranking());
        return suggestions;
    }

    private void tell(SuggestionsView suggestions, QueryText text, Ranking ranking) {
        ready.fire(new SuggestionsReady(suggestions));
        ranked.fire(new Ranked(suggestions.impression(), text.query(), text.question(), ranking));
    }

    /** @param condition of the statement, from its {@code from} on, on its parameters */
    private boolean insert(
            SuggestionsView suggestions,
            long trigger,
            QueryText kept,
            Ranking ranking,
            long revision,
            Shortlist shortlist,
            ScreenOrder order,
            String condition) {
        int stored = entities.createNativeQuery("""
                        insert into impression (id, conversation_id, trigger_sequence, query, question, model_id,
                            model_number, ranked_by, knowledge_revision, candidate_count, shown_count, took_millis,
                            shuffled, masked, masked_by)
                        select :id, :conversation, :trigger, :query, :question, cast(:model as uuid),
                            :number, :rankedBy, :revision, :candidates, :shown, :took, :shuffled, true, :rules
                        %s
                        on conflict (conversation_id, trigger_sequence) do nothing""".formatted(condition))
                .setParameter("id", suggestions.impression())
                .setParameter("conversation", suggestions.conversation())
                .setParameter("trigger", trigger)
                .setParameter("query", kept.query())
                .setParameter("question", kept.question())
                .setParameter("rules", PersonalData.RULES)
                .setParameter(
                        "model",
                        ranking.modelId() == null ? null : ranking.modelId().toString())
                .setParameter("number", ranking.modelNumber())
                .setParameter("rankedBy", ranking.by().label())
                .setParameter("revision", revision)
                .setParameter("candidates", ranking.scored().size())
                .setParameter("shown", shortlist.shown().size())
                .setParameter("took", suggestions.tookMillis())
                .setParameter("shuffled", order.shuffled())
                .executeUpdate();
        if (stored == 0) {
            return false;
        }
        storeCandidates(suggestions.impression(), ranking, shortlist, order);
        return true;
    }

    /** In one statement: there are dozens for each message of a customer. */
    private void storeCandidates(UUID impression, Ranking ranking, Shortlist shortlist, ScreenOrder order) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Scored scored : order.items()) {
            Map<String, Object> row = row(rows.size() + 1, scored, Confidence.of(scored, ranking.confidence()));
            if (order.shuffled()) {
                row.put("ranked_position", shortlist.shown().indexOf(scored) + 1);
            }
            rows.add(row);
        }
        shortlist.others().forEach(scored -> rows.add(row(rows.size() + 1, scored, null)));
        entities.createNativeQuery("""
                        insert into impression_candidate (impression_id, position, reply_id, reply_version,
                            first_stage, meaning, memory, known, share, unfamiliar, model_logit, probability,
                            confidence, shown, ranked_position, answered_before)
                        select :impression, position, reply, version, first_stage, meaning, memory, known, share,
                            unfamiliar, logit, probability, confidence, shown, ranked_position, before
                        from jsonb_to_recordset(cast(:rows as jsonb)) as candidate (position int, reply uuid,
                            version int, first_stage double precision, meaning double precision, memory double precision,
                            known double precision, share double precision, unfamiliar double precision,
                            logit double precision, probability double precision, confidence text, shown boolean,
                            ranked_position int, before bigint)""")
                .setParameter("impression", impression)
                .setParameter("rows", write(rows))
                .executeUpdate();
    }

    private static Map<String, Object> row(int position, Scored scored, Confidence word) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("position", position);
        row.put("reply", scored.candidate().reply());
        row.put("version", scored.candidate().version());
        Evidence evidence = scored.candidate().evidence();
        row.put("first_stage", evidence.firstStage());
        row.put("meaning", evidence.meaning());
        row.put("memory", evidence.memory());
        row.put("known", evidence.known());
        row.put("share", evidence.share());
        row.put("unfamiliar", evidence.unfamiliar());
        row.put("logit", scored.logit());
        row.put("probability", scored.probability());
        row.put("confidence", word == null ? null : word.wireName());
        row.put("shown", word != null);
        row.put("before", word == null ? null : scored.candidate().before());
        return row;
    }

    private String write(List<Map<String, Object>> rows) {
        try {
            return json.writeValueAsString(rows);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
