package io.replyloop.curation;

import io.replyloop.dataset.AllExamples;
import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;

/** Reads examples with where they come from, the newest first. */
@ApplicationScoped
@Transactional
class ExampleList {
    /** Of the rows of one page alone: for all that a filter looks at, it would take minutes. */
    private static final String PROVENANCE = """
            select e.id, e.conversation_id, e.query, e.reply_id, e.reply_text, e.label, e.original_label, e.excluded,
                e.version, e.created_at, coalesce(d.agent_id, m.agent_id) as agent_id, a.name as agent_name,
                -- What a program has decided was asked in another desk.
                a.program and d.id is not null as elsewhere,
                coalesce(f.file_name, y.file_name) as file_name, h.place + 1 as told,
                coalesce(d.outcome, m.outcome) as outcome, coalesce(i.model_number, m.model_number) as model_number,
                coalesce(c.position, m.position) as position, coalesce(c.shown, m.shown) as shown,
                coalesce(c.reply_version, m.reply_version) as reply_version, %s as side, g.name as importer,
                coalesce(f.imported_at, y.finished_at, y.created_at) as imported_at,
                (select string_agg(cast(number as text), ' ' order by number) from (
                    select v.number from snapshot_example h join dataset_part p on p.snapshot_example_id = h.id
                    join dataset_version v on v.id = p.dataset_id where h.example_id = e.id
                    union select v.number from dataset_example o join dataset_version v on v.id = o.dataset_id
                    where o.example_id = e.id) as held) as snapshots,
                (select comment from curation_act t where t.example_id = e.id and t.comment is not null
                    and not exists (select from curation_act u where u.undoes = t.act)
                    order by t.id desc limit 1) as comment
            from (""".formatted(ExampleFilter.SIDE);

    private static final String OF_THEM = """
            ) e
            left join imported_example m on m.id = e.id
            left join dataset_import f on f.id = m.import_id
            left join history_conversation h on h.id = e.conversation_id
            left join history_import y on y.id = h.import_id
            left join agent_account g on g.id = coalesce(f.imported_by, y.created_by)
            left join decision d on d.id = e.decision_id
            left join impression i on i.id = e.impression_id
            left join agent_account a on a.id = coalesce(d.agent_id, m.agent_id)
            left join lateral (select position, shown, reply_version from impression_candidate c
                where c.impression_id = e.impression_id and c.reply_id = e.reply_id limit 1) c on true
            left join dataset_side s on s.conversation_id = e.conversation_id
            left join imported_conversation o on o.id = e.conversation_id
            order by e.id desc""";

    private final Session session;

    ExampleList(Session session) {
        this.session = session;
    }

    Page<ExampleView> page(ExampleFilter filter, String cursor, Integer limit) {
        int size = Page.limit(limit);
        long before = cursor == null ? Long.MAX_VALUE : id(cursor);
        var query = session.createNativeQuery(
                PROVENANCE + "select e.* " + filter.tables() + " where e.id < :before and " + filter.conditions()
                        + " order by e.id desc limit :most" + OF_THEM,
                Tuple.class);
        filter.parameters().forEach(query::setParameter);
        List<ExampleView> found =
                query.setParameter("before", before).setParameter("most", size + 1).getResultList().stream()
                        .map(ExampleList::view)
                        .toList();
        List<ExampleView> page = found.subList(0, Math.min(size, found.size()));
        String next = found.size() > size
                ? Cursor.encode(Long.toString(page.get(size - 1).id()))
                : null;
        return new Page<>(page, next);
    }

    ExampleCounts count(ExampleFilter filter) {
        var query = session.createNativeQuery(
                "select count(*) as total, count(*) filter (where e.label >= 0.5) as fitting,"
                        + " count(*) filter (where e.label < 0.5) as not_fitting,"
                        + " count(*) filter (where e.excluded) as excluded,"
                        + " count(e.original_label) as corrected, count(*) filter (where e.id < 0) as imported,"
                        + " count(*) filter (where e." + AllExamples.OF_HISTORY + ") as of_history "
                        + filter.tables() + " where " + filter.conditions(),
                Tuple.class);
        for (Map.Entry<String, Object> parameter : filter.parameters().entrySet()) {
            query.setParameter(parameter.getKey(), parameter.getValue());
        }
        Tuple row = query.getSingleResult();
        long ofHistory = row.get("of_history", Long.class);
        return new ExampleCounts(
                row.get("total", Long.class),
                row.get("fitting", Long.class),
                row.get("not_fitting", Long.class),
                row.get("excluded", Long.class),
                row.get("corrected", Long.class),
                row.get("imported", Long.class) - ofHistory,
                ofHistory);
    }

    ExampleView get(long id) {
        return of(List.of(id)).stream().findFirst().orElseThrow(() -> Problem.notFound("example"));
    }

    /** Newest first. */
    List<ExampleView> of(Collection<Long> ids) {
        return session
                .createNativeQuery(
                        PROVENANCE + "select * " + AllExamples.FROM + "e where id = any(:ids)" + OF_THEM, Tuple.class)
                .setParameter("ids", ids.toArray(Long[]::new))
                .getResultList()
                .stream()
                .map(ExampleList::view)
                .toList();
    }

    private static ExampleView view(Tuple row) {
        UUID agent = row.get("agent_id", UUID.class);
        String name = row.get("agent_name", String.class);
        String snapshots = row.get("snapshots", String.class);
        // Examples of older versions are masked in the background, which may not have come to this one yet.
        long id = row.get("id", Long.class);
        return new ExampleView(
                id,
                row.get("conversation_id", UUID.class),
                Boolean.TRUE.equals(row.get("elsewhere", Boolean.class)) ? true : null,
                PersonalData.masked(row.get("query", String.class)),
                row.get("reply_id", UUID.class),
                row.get("reply_version", Integer.class),
                PersonalData.masked(row.get("reply_text", String.class)),
                row.get("label", Double.class),
                row.get("original_label", Double.class),
                row.get("excluded", Boolean.class),
                row.get("version", Integer.class),
                row.get("created_at", Instant.class),
                name == null ? null : new ExampleView.Author(agent, name),
                row.get("outcome", String.class),
                row.get("position", Integer.class),
                row.get("shown", Boolean.class),
                row.get("model_number", Long.class),
                row.get("side", String.class),
                snapshots == null
                        ? List.of()
                        : Stream.of(snapshots.split(" ")).map(Long::valueOf).toList(),
                PersonalData.masked(row.get("comment", String.class)),
                row.get("file_name", String.class),
                row.get("importer", String.class),
                row.get("imported_at", Instant.class),
                origin(id),
                row.get("told", Integer.class),
                null);
    }

    private static String origin(long id) {
        if (AllExamples.isOfHistory(id)) {
            return "history";
        }
        return id < 0 ? "file" : "decision";
    }

    static long id(String cursor) {
        try {
            return Long.parseLong(Cursor.decode(cursor, 1).parts().get(0));
        } catch (NumberFormatException made) {
            throw Cursor.madeUp(made);
        }
    }
}
