package io.replyloop.dataset;

import io.replyloop.platform.Script;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;

/** Counts what a training run would learn from, and what a frozen dataset was made from. */
@ApplicationScoped
@Transactional
public class MaterialService {
    /** Whether enough conversations are held out shows in far fewer. */
    private static final int CONVERSATIONS_LOOKED_AT = 1_000;

    private static final int FETCH = 1_000;

    private final Session session;
    private final LearnedDataset learned;

    MaterialService(Session session, LearnedDataset learned) {
        this.session = session;
        this.learned = learned;
    }

    public Material material() {
        Tuple row = session.createNativeQuery(
                        """
                        select count(distinct decision_id) as decisions,
                            count(distinct decision_id) filter (where %s) as fresh,
                            count(distinct conversation_id) as conversations,
                            count(*) filter (where label >= 0.5) as fitting,
                            count(*) filter (where label < 0.5) as not_fitting,
                            count(distinct md5(reply_text)) filter (where label >= 0.5) as replies %s where not excluded""".formatted(LearnedDataset.HAS_NOT_EXAMPLE, AllExamples.FROM_DECIDED + "example"),
                        Tuple.class)
                .setParameter(
                        "learned", learned.newestLearned().map(UUID::toString).orElse(null))
                .getSingleResult();
        return new Material(
                row.get("decisions", Long.class),
                row.get("fresh", Long.class),
                row.get("conversations", Long.class),
                heldOut(),
                row.get("fitting", Long.class),
                row.get("not_fitting", Long.class),
                row.get("replies", Long.class));
    }

    /**
     * Decisions per day over the newest days, or since the first one if that is later; nothing before there is a day's
     * worth to tell from.
     */
    public Optional<Double> decisionsPerDay(int days) {
        Tuple row = session.createNativeQuery("""
                        select count(distinct decision_id) as decisions,
                            cast(extract(epoch from now() - greatest(now() - make_interval(days => :days),
                                (select min(created_at) from example where not excluded))) / 86400 as double precision)
                                as days
                        from example
                        where not excluded and created_at > now() - make_interval(days => :days)""", Tuple.class)
                .setParameter("days", days)
                .getSingleResult();
        Double over = row.get("days", Double.class);
        return over == null || over < 1 ? Optional.empty() : Optional.of(row.get("decisions", Long.class) / over);
    }

    public DatasetContents contents(UUID dataset) {
        Tuple row = session.createNativeQuery("""
                        select count(distinct decision_id) as decisions, count(distinct conversation_id) as conversations,
                            min(created_at) as oldest, max(created_at) as newest %s where id in (
                            select s.example_id from dataset_part p join snapshot_example s on s.id = p.snapshot_example_id
                            where p.dataset_id = :dataset)""".formatted(AllExamples.FROM_DECIDED + "example"), Tuple.class)
                .setParameter("dataset", dataset)
                .getSingleResult();
        Tuple imported = session.createNativeQuery(
                        "select count(*) filter (where s.example_" + AllExamples.OF_HISTORY + ") as of_history,"
                                + " count(*) filter (where s.example_" + AllExamples.OF_FILES + ") as of_files"
                                + " from dataset_part p join snapshot_example s on s.id = p.snapshot_example_id"
                                + " where p.dataset_id = :dataset and p.split = :train",
                        Tuple.class)
                .setParameter("dataset", dataset)
                .setParameter("train", Split.TRAIN.wireName())
                .getSingleResult();
        return new DatasetContents(
                row.get("decisions", Long.class),
                row.get("conversations", Long.class),
                languages(dataset),
                row.get("oldest", Instant.class),
                row.get("newest", Instant.class),
                imported.get("of_history", Long.class),
                imported.get("of_files", Long.class));
    }

    private Map<String, Long> languages(UUID dataset) {
        Map<String, Long> languages = new TreeMap<>();
        try (Stream<String> questions = session.createNativeQuery(
                        """
                        select distinct on (decision_id) query %s where id in (
                            select s.example_id from dataset_part p join snapshot_example s on s.id = p.snapshot_example_id
                            where p.dataset_id = :dataset)""".formatted(AllExamples.FROM_DECIDED + "example"), String.class)
                .setParameter("dataset", dataset)
                .setFetchSize(FETCH)
                .getResultStream()) {
            questions.forEach(question -> languages.merge(language(question), 1L, Long::sum));
        }
        return languages;
    }

    private static String language(String question) {
        return switch (Script.of(question)) {
            case CHINESE -> "zh";
            case OTHER -> "other";
            case NONE -> "none";
        };
    }

    private long heldOut() {
        List<Tuple> conversations = session.createNativeQuery(
                        """
                        select asked.conversation_id as conversation, coalesce(s.side, o.side) as side
                        from (select distinct conversation_id %s where not excluded limit :most) asked
                        left join dataset_side s on s.conversation_id = asked.conversation_id
                        left join imported_conversation o on o.id = asked.conversation_id""".formatted(AllExamples.FROM_DECIDED + "example"), Tuple.class)
                .setParameter("most", CONVERSATIONS_LOOKED_AT)
                .getResultList();
        Map<UUID, Split> known = new HashMap<>();
        Set<UUID> fresh = new HashSet<>();
        for (Tuple row : conversations) {
            UUID conversation = row.get("conversation", UUID.class);
            String side = row.get("side", String.class);
            if (side == null) {
                fresh.add(conversation);
            } else {
                known.put(conversation, Split.named(side));
            }
        }
        Map<UUID, Split> sides = new HashMap<>(known);
        sides.putAll(ConversationSplit.assign(known, fresh));
        return sides.values().stream().filter(side -> side != Split.TRAIN).count();
    }
}
