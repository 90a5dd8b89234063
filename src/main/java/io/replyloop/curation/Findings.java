package io.replyloop.curation;

import io.replyloop.dataset.AllExamples;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.platform.TransactionLock;
import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Stores what a look through the examples has found, and reads what of it is still open. */
@ApplicationScoped
@Transactional
class Findings {
    private static final String OF_THE_NEWEST_QUESTIONS = "select id, conversation_id, impression_id, query,"
            + " reply_id, reply_text, label, version from (select e.*, dense_rank() over (order by newest desc, query) as place"
            + " from (select e.*, max(created_at) over (partition by query) as newest from (select e.* "
            + AllExamples.FROM_DECIDED
            + "e where not excluded order by created_at desc, id desc limit :examples) as e) as e) as e"
            + " where place <= :questions order by id";

    /** Suggested once and rejected; each suggestion that was on the screen. */
    private static final String REJECTED_EVERYWHERE = """
            select e.impression_id as impression
            from example e join decision d on d.id = e.decision_id and d.outcome = 'rejected'
            where not e.excluded and e.label < 0.5 and e.id >= :oldest
            group by e.impression_id
            having count(distinct d.reply_id) >= (select shown_count from impression where id = e.impression_id)
            order by max(e.id) desc limit :most""";

    private static final String OPEN_ITEMS =
            " from curation_finding f " + AllExamples.JOIN_DECIDED + "e on e.id = f.example_id"
                    + " left join curation_settled s on s.queue = f.queue and s.example_id = f.example_id"
                    + " where f.queue = :queue group by f.item having bool_or(s.example_id is null) and ";

    /** The letters of 'look'. */
    private static final long LOCK = 0x6c6f6f6bL;

    private final Session session;

    Findings(Session session) {
        this.session = session;
    }

    /** The examples of the newest questions, by id. */
    List<LookedAt> examples(int most, int questions) {
        List<Tuple> rows = session.createNativeQuery(OF_THE_NEWEST_QUESTIONS, Tuple.class)
                .setParameter("examples", most)
                .setParameter("questions", questions)
                .getResultList();
        return rows.stream()
                .map(row -> new LookedAt(
                        row.get("id", Long.class),
                        row.get("conversation_id", UUID.class),
                        row.get("impression_id", UUID.class),
                        PersonalData.masked(row.get("query", String.class)),
                        row.get("reply_id", UUID.class),
                        PersonalData.masked(row.get("reply_text", String.class)),
                        row.get("label", Double.class) >= 0.5,
                        row.get("version", Integer.class)))
                .toList();
    }

    /** Questions of which every suggestion was rejected, newest first. */
    List<UUID> rejectedEverywhere(long oldest, int most) {
        return session.createNativeQuery(REJECTED_EVERYWHERE, UUID.class)
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .getResultList();
    }

    /** What a look was based on, or the next one would be. */
    record Basis(long examples, long newestExample, long newestAct) {}

    Basis basis() {
        Tuple row = session.createNativeQuery("""
                        select (select count(*) from example where not excluded)
                                + (select count(*) from imported_example where not excluded) as examples,
                            coalesce((select max(id) from example), 0) as example,
                            coalesce((select max(id) from curation_act), 0) as act""", Tuple.class).getSingleResult();
        return new Basis(row.get("examples", Long.class), row.get("example", Long.class), row.get("act", Long.class));
    }

    /** @param fresh examples and acts that have come since */
    record Look(Instant at, int examples, int questions, boolean cut, boolean byMeaning, long fresh) {}

    Optional<Look> newest() {
        return session.createNativeQuery("""
                        select at, examples, questions, cut, encoder is not null as by_meaning,
                            (select count(*) from example where id > newest_example)
                                + (select count(*) from curation_act where id > newest_act)
                                + (select coalesce(sum(examples), 0) from dataset_import where imported_at > curation_look.at)
                                as fresh
                        from curation_look order by at desc limit 1""", Tuple.class)
                .getResultStream()
                .findFirst()
                .map(row -> new Look(
                        row.get("at", Instant.class),
                        row.get("examples", Integer.class),
                        row.get("questions", Integer.class),
                        row.get("cut", Boolean.class),
                        row.get("by_meaning", Boolean.class),
                        row.get("fresh", Long.class)));
    }

    /** In place of what was found before. Examples that were erased meanwhile are left out. */
    void replace(Basis basis, int examples, int questions, boolean cut, String encoder, List<Finding> findings) {
        // Two nodes at once would each leave what they have found.
        TransactionLock.hold(session, LOCK);
        session.createNativeMutationQuery("delete from curation_look").executeUpdate();
        UUID look = UUID.randomUUID();
        session.createNativeMutationQuery("""
                        insert into curation_look (id, examples, questions, cut, encoder, newest_example, newest_act)
                        values (:id, :examples, :questions, :cut, :encoder, :example, :act)""")
                .setParameter("id", look)
                .setParameter("examples", examples)
                .setParameter("questions", questions)
                .setParameter("cut", cut)
                .setParameter("encoder", encoder)
                .setParameter("example", basis.newestExample())
                .setParameter("act", basis.newestAct())
                .executeUpdate();
        List<String> queues = new ArrayList<>();
        List<UUID> items = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        List<Integer> versions = new ArrayList<>();
        List<Double> probabilities = new ArrayList<>();
        for (int place = 0; place < findings.size(); place++) {
            Finding finding = findings.get(place);
            UUID item = UUID.randomUUID();
            for (LookedAt example : finding.examples()) {
                queues.add(finding.queue().wireName());
                items.add(item);
                places.add(place);
                ids.add(example.id());
                versions.add(example.version());
                probabilities.add(finding.probability());
            }
        }
        session.createNativeMutationQuery(
                        "insert into curation_finding (look_id, queue, item, place, example_id, version,"
                                + " probability) select :look, f.queue, f.item, f.place, e.id, f.version, f.probability"
                                + " from unnest(:queues, :items, :places, :ids, :versions, :probabilities)"
                                + " as f (queue, item, place, example, version, probability) "
                                + AllExamples.JOIN_DECIDED + "e on e.id = f.example")
                .setParameter("look", look)
                .setParameter("queues", queues.toArray(String[]::new))
                .setParameter("items", items.toArray(UUID[]::new))
                .setParameter("places", places.toArray(Integer[]::new))
                .setParameter("ids", ids.toArray(Long[]::new))
                .setParameter("versions", versions.toArray(Integer[]::new))
                .setParameter("probabilities", probabilities.toArray(Double[]::new))
                .executeUpdate();
    }

    Map<Queue, Long> count() {
        Map<Queue, Long> counts = new EnumMap<>(Queue.class);
        for (Queue queue : Queue.values()) {
            counts.put(
                    queue,
                    session.createNativeQuery(
                                    "select count(*) from (select f.item" + OPEN_ITEMS + queue.open() + ") as open",
                                    Long.class)
                            .setParameter("queue", queue.wireName())
                            .getSingleResult());
        }
        return counts;
    }

    record Item(UUID id, int place, Double probability, List<Long> examples) {}

    List<Item> open(Queue queue, int after, Integer limit) {
        List<Tuple> rows = session.createNativeQuery(
                        "select f.item, min(f.place) as place, max(f.probability) as probability,"
                                + " string_agg(cast(f.example_id as text), ' ' order by f.example_id) as examples"
                                + OPEN_ITEMS + queue.open() + " and min(f.place) > :after order by place limit :most",
                        Tuple.class)
                .setParameter("queue", queue.wireName())
                .setParameter("after", after)
                .setParameter("most", Page.limit(limit) + 1)
                .getResultList();
        return rows.stream()
                .map(row -> new Item(
                        row.get("item", UUID.class),
                        row.get("place", Integer.class),
                        row.get("probability", Double.class),
                        ids(row.get("examples", String.class))))
                .toList();
    }

    /** @return how many examples were not settled before */
    int settle(Queue queue, UUID item, UUID by) {
        return session.createNativeMutationQuery("insert into curation_settled (queue, example_id, by_id)"
                        + " select queue, example_id, :by from curation_finding where queue = :queue and item = :item"
                        + " on conflict do nothing")
                .setParameter("by", by)
                .setParameter("queue", queue.wireName())
                .setParameter("item", item)
                .executeUpdate();
    }

    int unsettle(Queue queue, UUID item) {
        return session.createNativeMutationQuery("delete from curation_settled where queue = :queue and example_id in ("
                        + "select example_id from curation_finding where queue = :queue and item = :item)")
                .setParameter("queue", queue.wireName())
                .setParameter("item", item)
                .executeUpdate();
    }

    /** @throws Problem {@code not-found} when another look has replaced the item */
    void exists(Queue queue, UUID item) {
        long found = session.createNativeQuery(
                        "select count(*) from curation_finding where queue = :queue and item = :item", Long.class)
                .setParameter("queue", queue.wireName())
                .setParameter("item", item)
                .getSingleResult();
        if (found == 0) {
            throw Problem.notFound("item; the examples were looked through again, load the page");
        }
    }

    private static List<Long> ids(String joined) {
        return List.of(joined.split(" ")).stream().map(Long::valueOf).toList();
    }
}
