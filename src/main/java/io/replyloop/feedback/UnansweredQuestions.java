package io.replyloop.feedback;

import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * Questions for which no suggestion helped: none was shown, each that was shown was rejected as an answer, or the agent
 * wrote something else, be it over a suggestion. One that was answered by a reply after all, suggested or looked up, is none
 * of them, nor is what the customer went on to write before anybody answered, nor spam.
 */
@ApplicationScoped
@Transactional
public class UnansweredQuestions {
    private static final String COLUMNS =
            "select i.id, i.conversation_id as conversation, i.trigger_sequence as trigger,"
                    + " i.query, i.question, i.created_at as at, i.masked and i.masked_by = " + PersonalData.RULES
                    + " as masked, (select d.text_sent from decision d where d.impression_id = i.id"
                    + " and d.outcome <> 'rejected') as sent from impression i ";

    private final Session session;

    UnansweredQuestions(Session session) {
        this.session = session;
    }

    /**
     * Without personal data.
     *
     * @param impression what was shown for it
     * @param trigger sequence number of the customer's message that asks
     * @param query the last turns, with the marks of who wrote them, which the question ends
     * @param sent what was decided to send, which of a question in another desk is all that is known; null if nothing was
     */
    public record Question(
            UUID impression, UUID conversation, long trigger, String query, String text, Instant at, String sent) {}

    /** The newest of them, newest first, at most so many. */
    public List<Question> newest(Instant since, int most) {
        return questions(session.createNativeQuery(COLUMNS + """
                        left join decision answer on answer.impression_id = i.id and answer.outcome <> 'rejected'
                        where i.created_at > :since and (answer.reply_id is null or answer.accepted = false)
                            and i.conversation_id not in (select id from conversation where spam)
                            and not exists (select 1 from impression later
                                where later.conversation_id = i.conversation_id
                                    and later.trigger_sequence > i.trigger_sequence
                                    and starts_with(later.question, i.question || :line))
                            and (i.shown_count = 0
                                or answer.id is not null and answer.on_screen is distinct from false or i.shown_count <= (
                                select count(*) from decision rejection where rejection.impression_id = i.id
                                    and rejection.outcome = 'rejected' and rejection.reason = any(:reasons)))
                        order by i.created_at desc, i.id limit :most""", Tuple.class)
                .setParameter("since", since)
                .setParameter("line", "\n")
                .setParameter("reasons", reasons())
                .setParameter("most", most));
    }

    /** Those of these questions that there still are, whatever has become of them. */
    public List<Question> of(Collection<UUID> impressions) {
        return questions(session.createNativeQuery(
                        COLUMNS + "where i.id = any(:ids) order by i.created_at desc, i.id", Tuple.class)
                .setParameter("ids", impressions.toArray(UUID[]::new)));
    }

    /** Whether customers have asked anything since. */
    public boolean anyAsked(Instant since) {
        return session.createNativeQuery(
                        "select exists (select 1 from impression where created_at > :since)", Boolean.class)
                .setParameter("since", since)
                .getSingleResult();
    }

    private static String[] reasons() {
        return Arrays.stream(RejectReason.values())
                .filter(RejectReason::isOfTheQuestion)
                .map(RejectReason::wireName)
                .toArray(String[]::new);
    }

    /** What was stored by the rules of today is masked; to do it again takes longer than everything else here. */
    private static String masked(Tuple row, String column) {
        String text = row.get(column, String.class);
        return Boolean.TRUE.equals(row.get("masked", Boolean.class)) ? text : PersonalData.masked(text);
    }

    private static List<Question> questions(NativeQuery<Tuple> query) {
        return query.getResultList().stream()
                .map(row -> new Question(
                        row.get("id", UUID.class),
                        row.get("conversation", UUID.class),
                        row.get("trigger", Long.class),
                        masked(row, "query"),
                        masked(row, "question"),
                        row.get("at", Instant.class),
                        row.get("sent", String.class)))
                .toList();
    }
}
