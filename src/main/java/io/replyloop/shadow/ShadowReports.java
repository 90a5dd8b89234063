package io.replyloop.shadow;

import io.replyloop.knowledge.ReplyReader;
import io.replyloop.knowledge.ReplyReader.Version;
import io.replyloop.knowledge.ReplyReader.Words;
import io.replyloop.training.FlippedCaseView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;

/** Reads what became of the questions of a shadow, and compares. */
@ApplicationScoped
public class ShadowReports {
    /** The newest; a shadow that ends by its decisions has no more. */
    private static final int COMPARED = 5_000;

    private static final int MOST_OF_EACH_KIND = 25;
    private static final int COMPARISONS_KEPT = 20;

    /** In the order of the ranking, which a random order on the screen hides. */
    private static final String LIVE_REPLIES =
            "coalesce(array_agg(c.reply_id order by coalesce(c.ranked_position, c.position)), '{}') as replies";

    private static final String DECIDED = """
            select s.impression_id, i.conversation_id, i.query,
                case when d.accepted is distinct from false then d.reply_id end as reply_id,
                s.replies, s.versions, s.probabilities,
                live.replies as live_replies, live.versions as live_versions, live.probabilities as live_probabilities,
                case when d.accepted is distinct from false then wanted.reply_version end as reply_version
            from shadow_impression s
            join impression i on i.id = s.impression_id
            join decision d on d.impression_id = s.impression_id and d.outcome <> 'rejected'
            cross join lateral (
                select %s,
                    coalesce(array_agg(c.reply_version order by coalesce(c.ranked_position, c.position)), '{}')
                        as versions,
                    coalesce(array_agg(c.probability order by coalesce(c.ranked_position, c.position)), '{}')
                        as probabilities
                from impression_candidate c where c.impression_id = s.impression_id and c.shown) live
            left join impression_candidate wanted
                on wanted.impression_id = s.impression_id and wanted.reply_id = d.reply_id
            where s.shadow_id = ? order by d.created_at desc limit ?""".formatted(LIVE_REPLIES);

    private final Session database;
    private final ShadowService shadows;
    private final ShadowReports self;
    private final KeptForAWhile<Compared, ShadowComparison> comparisons = new KeptForAWhile<>(COMPARISONS_KEPT);

    /** What has just ended is compared once more. */
    private record Compared(UUID shadow, boolean ended) {}

    record Ranked(List<DecidedQuestion> decided, DecidedQuestion.Agreement agreement) {}

    ShadowReports(Session database, ShadowService shadows, ShadowReports self) {
        this.database = database;
        this.shadows = shadows;
        this.self = self;
    }

    /** Thousands of draws from thousands of questions, during which no connection is held. */
    ShadowComparison comparison(UUID id) {
        Shadow shadow = shadows.get(id);
        return comparisons.get(new Compared(id, shadow.endedAt != null), () -> {
            Ranked ranked = self.ranked(id);
            return DecidedQuestion.compare(ranked.decided, ranked.agreement);
        });
    }

    @Transactional
    Ranked ranked(UUID id) {
        return new Ranked(database.doReturningWork(connection -> read(connection, id)), agreement(id));
    }

    @Transactional
    List<FlippedCaseView> cases(UUID id) {
        Shadow shadow = shadows.get(id);
        return database.doReturningWork(connection -> {
            List<DecidedQuestion> decided = read(connection, shadow.id);
            List<DecidedQuestion> told = Stream.concat(differing(decided, false), differing(decided, true))
                    .toList();
            Map<Version, Words> words = ReplyReader.words(
                    connection, told.stream().flatMap(ShadowReports::versions).toList());
            return told.stream().map(one -> view(one, words)).toList();
        });
    }

    /** How alike both are over all that was ranked, decided or not. */
    private DecidedQuestion.Agreement agreement(UUID shadow) {
        Object[] row = database.createNativeQuery("""
                        select avg(case when s.replies[1] is not distinct from live.replies[1] then 1.0 else 0 end),
                            avg(case when s.replies = live.replies then 1.0 else 0 end), avg(s.took_millis)
                        from shadow_impression s cross join lateral (
                            select %s
                            from impression_candidate c where c.impression_id = s.impression_id and c.shown) live
                        where s.shadow_id = :id""".formatted(LIVE_REPLIES), Object[].class)
                .setParameter("id", shadow)
                .getSingleResult();
        return new DecidedQuestion.Agreement(number(row[0]), number(row[1]), number(row[2]));
    }

    private static Double number(Object value) {
        return value == null ? null : ((Number) value).doubleValue();
    }

    private static List<DecidedQuestion> read(Connection connection, UUID shadow) throws SQLException {
        List<DecidedQuestion> decided = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(DECIDED)) {
            statement.setObject(1, shadow);
            statement.setInt(2, COMPARED);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                UUID right = row.getObject("reply_id", UUID.class);
                Integer version = row.getObject("reply_version", Integer.class);
                decided.add(new DecidedQuestion(
                        row.getObject("conversation_id", UUID.class),
                        row.getString("query"),
                        right,
                        version == null ? null : new Version(right, version),
                        shown(row, "live_"),
                        shown(row, "")));
            }
        }
        return decided;
    }

    private static List<DecidedQuestion.Shown> shown(ResultSet row, String whose) throws SQLException {
        Object[] replies = values(row.getArray(whose + "replies"));
        Object[] versions = values(row.getArray(whose + "versions"));
        Object[] probabilities = values(row.getArray(whose + "probabilities"));
        List<DecidedQuestion.Shown> shown = new ArrayList<>();
        for (int i = 0; i < replies.length; i++) {
            shown.add(new DecidedQuestion.Shown(
                    new Version((UUID) replies[i], ((Number) versions[i]).intValue()),
                    ((Number) probabilities[i]).doubleValue()));
        }
        return List.copyOf(shown);
    }

    private static Object[] values(Array array) throws SQLException {
        return (Object[]) array.getArray();
    }

    private static Stream<DecidedQuestion> differing(List<DecidedQuestion> decided, boolean better) {
        return decided.stream()
                .filter(one -> better ? one.gain() > 0 : one.gain() < 0)
                .sorted(Comparator.comparingDouble(one -> -Math.abs(one.gain())))
                .limit(MOST_OF_EACH_KIND);
    }

    private static Stream<Version> versions(DecidedQuestion one) {
        return Stream.concat(
                Stream.of(one.rightVersion()).filter(Objects::nonNull),
                Stream.concat(one.champion().stream(), one.challenger().stream())
                        .map(DecidedQuestion.Shown::reply));
    }

    private static FlippedCaseView view(DecidedQuestion one, Map<Version, Words> words) {
        Words right = one.rightVersion() == null ? null : words.get(one.rightVersion());
        return new FlippedCaseView(
                one.gain() > 0,
                one.conversation(),
                one.query(),
                right == null ? null : new FlippedCaseView.Reply(one.right(), right.title(), right.text()),
                suggestions(one, one.champion(), words),
                suggestions(one, one.challenger(), words));
    }

    private static List<FlippedCaseView.Suggestion> suggestions(
            DecidedQuestion one, List<DecidedQuestion.Shown> shown, Map<Version, Words> words) {
        return shown.stream()
                .filter(each -> words.containsKey(each.reply()))
                .map(each -> new FlippedCaseView.Suggestion(
                        words.get(each.reply()).title(),
                        words.get(each.reply()).text(),
                        each.probability(),
                        each.reply().reply().equals(one.right())))
                .toList();
    }
}
