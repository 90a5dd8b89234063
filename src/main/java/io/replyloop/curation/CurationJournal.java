package io.replyloop.curation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.dataset.LabelledExample;
import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** The table of what people have done to examples: written once, never changed. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class CurationJournal {
    private static final String ACTS = "select c.id, c.act, c.kind, c.example_id, c.by_id, a.name, c.at,"
            + " cast(c.before as text) as before, cast(c.after as text) as after, c.comment, c.undoes"
            + " from curation_act c join agent_account a on a.id = c.by_id where ";

    private final Session session;
    private final ObjectMapper json;

    CurationJournal(Session session, ObjectMapper json) {
        this.session = session;
        this.json = json;
    }

    /** @param before null for a comment, as {@code after} */
    void write(
            UUID act,
            CurationAct.Kind kind,
            LabelledExample example,
            UUID by,
            CurationAct.State before,
            CurationAct.State after,
            String comment,
            UUID undoes) {
        session.createNativeMutationQuery("""
                        insert into curation_act (act, kind, example_id, conversation_id, by_id, before, after, comment,
                            masked_by, undoes)
                        values (:act, :kind, :example, :conversation, :by, cast(:before as jsonb), cast(:after as jsonb), :comment, :rules,
                            cast(:undoes as uuid))""")
                .setParameter("act", act)
                .setParameter("kind", kind.wireName())
                .setParameter("example", example.id())
                .setParameter("conversation", example.conversation())
                .setParameter("by", by)
                .setParameter("before", text(before))
                .setParameter("after", text(after))
                .setParameter("comment", PersonalData.masked(comment))
                .setParameter("rules", PersonalData.RULES)
                .setParameter("undoes", undoes == null ? null : undoes.toString())
                .executeUpdate();
    }

    /** @return how many examples these were */
    int forget(List<Long> examples) {
        session.createNativeMutationQuery("delete from curation_act where example_id = any(:ids)")
                .setParameter("ids", examples.toArray(Long[]::new))
                .executeUpdate();
        return examples.size();
    }

    /** Oldest first; empty if there is no such act, or if all its examples were erased. */
    List<CurationAct> act(UUID act) {
        return acts("c.act = :value order by c.id", act);
    }

    /** Newest first. */
    List<CurationAct> ofExample(long example) {
        return acts("c.example_id = :value order by c.id desc limit 200", example);
    }

    /** What was last done to the example and is not undone; comments change nothing, so they are in nobody's way. */
    Optional<CurationAct> newestChange(long example) {
        return acts(
                        "c.example_id = :value and c.kind not in ('commented', 'undone')"
                                + " and not exists (select from curation_act u where u.undoes = c.act)"
                                + " order by c.id desc limit 1",
                        example)
                .stream()
                .findFirst();
    }

    /** What last changed the memory of the decision that has taught these examples, and is not undone. */
    Optional<CurationAct> newestOfMemory(List<Long> ofDecision) {
        return acts(
                        "c.example_id = any(:value) and c.kind = 'corrected' and c.before ->> 'memory' is not null"
                                + " and not exists (select from curation_act u where u.undoes = c.act)"
                                + " order by c.id desc limit 1",
                        ofDecision.toArray(Long[]::new))
                .stream()
                .findFirst();
    }

    /** The newest act of any kind, to tell who was there before. */
    Optional<CurationAct> newest(long example) {
        return acts("c.example_id = :value order by c.id desc limit 1", example).stream()
                .findFirst();
    }

    boolean isUndone(UUID act) {
        return session.createNativeQuery("select count(*) from curation_act where undoes = :act", Long.class)
                        .setParameter("act", act)
                        .getSingleResult()
                > 0;
    }

    /**
     * An act in a list.
     *
     * @param id of its newest row
     * @param examples how many it was about
     * @param first that was changed
     * @param last the only one, or what fits in its place
     * @param before null for a comment, as {@code after}
     */
    record Entry(
            long id,
            UUID act,
            String kind,
            UUID by,
            String byName,
            Instant at,
            long examples,
            long first,
            long last,
            Counts before,
            Counts after,
            String comment,
            boolean undone) {
        /** Only then it says different things of two: one does not fit, another one does. */
        boolean saysThatAnotherFits() {
            return examples == 2 && kind.equals(CurationAct.Kind.CORRECTED.wireName()) && after.fitting() == 1;
        }
    }

    /** Of the examples of an act. */
    record Counts(long fitting, long excluded) {}

    /** Newest first; undoing is not listed, but shows in what was undone. */
    List<Entry> newestBefore(long id, int most) {
        List<Tuple> rows = session.createNativeQuery("""
                        select max(c.id) as id, c.act, c.kind, c.by_id, a.name, max(c.at) as at,
                            count(distinct c.example_id) as examples,
                            (array_agg(c.example_id order by c.id))[1] as first_example,
                            (array_agg(c.example_id order by c.id desc))[1] as last_example,
                            count(c.after) as changed,
                            count(*) filter (where cast(c.before ->> 'label' as float8) >= 0.5) as fitting_before,
                            count(*) filter (where cast(c.after ->> 'label' as float8) >= 0.5) as fitting_after,
                            count(*) filter (where cast(c.before ->> 'excluded' as boolean)) as excluded_before,
                            count(*) filter (where cast(c.after ->> 'excluded' as boolean)) as excluded_after,
                            max(c.comment) as comment,
                            exists (select from curation_act u where u.undoes = c.act) as undone
                        from curation_act c join agent_account a on a.id = c.by_id
                        where c.kind <> 'undone' and c.act in (
                            select act from curation_act where id < :before and kind <> 'undone' order by id desc limit :rows)
                        group by c.act, c.kind, c.by_id, a.name having max(c.id) < :before
                        order by max(c.id) desc limit :most""", Tuple.class)
                .setParameter("before", id)
                // An act has as many rows as examples.
                .setParameter("rows", most * CurationService.MOST_AT_ONCE)
                .setParameter("most", most)
                .getResultList();
        return rows.stream()
                .map(row -> new Entry(
                        row.get("id", Long.class),
                        row.get("act", UUID.class),
                        row.get("kind", String.class),
                        row.get("by_id", UUID.class),
                        row.get("name", String.class),
                        row.get("at", Instant.class),
                        row.get("examples", Long.class),
                        row.get("first_example", Long.class),
                        row.get("last_example", Long.class),
                        counts(row, "before"),
                        counts(row, "after"),
                        PersonalData.masked(row.get("comment", String.class)),
                        row.get("undone", Boolean.class)))
                .toList();
    }

    private static Counts counts(Tuple row, String when) {
        return row.get("changed", Long.class) == 0
                ? null
                : new Counts(row.get("fitting_" + when, Long.class), row.get("excluded_" + when, Long.class));
    }

    private List<CurationAct> acts(String condition, Object value) {
        List<Tuple> rows = session.createNativeQuery(ACTS + condition, Tuple.class)
                .setParameter("value", value)
                .getResultList();
        return rows.stream().map(this::act).toList();
    }

    private CurationAct act(Tuple row) {
        return new CurationAct(
                row.get("id", Long.class),
                row.get("act", UUID.class),
                CurationAct.Kind.valueOf(row.get("kind", String.class).toUpperCase(Locale.ROOT)),
                row.get("example_id", Long.class),
                row.get("by_id", UUID.class),
                row.get("name", String.class),
                row.get("at", Instant.class),
                state(row.get("before", String.class)),
                state(row.get("after", String.class)),
                PersonalData.masked(row.get("comment", String.class)),
                row.get("undoes", UUID.class));
    }

    private String text(CurationAct.State state) {
        try {
            return state == null ? null : json.writeValueAsString(state);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private CurationAct.State state(String text) {
        try {
            return text == null ? null : json.readValue(text, CurationAct.State.class);
        } catch (JsonProcessingException spoiled) {
            throw new IllegalStateException("An act says something that it never said before", spoiled);
        }
    }
}
