package io.replyloop.reports;

import static io.replyloop.reports.ReportRows.day;
import static io.replyloop.reports.ReportRows.number;

import io.replyloop.reports.SatisfactionView.Bucket;
import io.replyloop.reports.SatisfactionView.OfAgent;
import io.replyloop.reports.SatisfactionView.Scores;
import jakarta.persistence.Tuple;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Counts ratings. One belongs to the day on which the conversation was resolved, and to the agent who resolved it. Language
 * and category are of questions: with them, the ratings of conversations in which such a question was asked count.
 */
final class Satisfaction {
    /** Needs the table of questions. */
    private static final String SCORES = """
            select grouping(bucket, agent) as part, cast(bucket as text) as bucket, agent, count(*) as count,
                count(*) filter (where score >= 4) as satisfied, count(*) filter (where score <= 2) as dissatisfied,
                cast(avg(score) as double precision) as mean
            from (select cast(date_trunc(:unit, resolved_at at time zone :zone) as date) as bucket,
                    resolved_by as agent, score from conversation_rating
                where score is not null and resolved_at >= :start and resolved_at < :end
                    and (cast(:agent as uuid) is null or resolved_by = cast(:agent as uuid))
                    and ((cast(:language as text) is null and cast(:category as text) is null)
                        or conversation_id in (select conversation from question))) as rated
            group by grouping sets ((bucket), (agent), ())
            """;

    private static final int BY_DAY = 0b01;
    private static final int BY_AGENT = 0b10;

    private Satisfaction() {}

    static SatisfactionView of(ReportRows rows, boolean byAgent) {
        Map<LocalDate, Scores> days = new HashMap<>();
        Map<UUID, Scores> agents = new HashMap<>();
        Scores total = Scores.NONE;
        for (Tuple row : rows.of(SCORES)) {
            Scores scores = scores(row);
            switch (number(row, "part").intValue()) {
                case BY_DAY -> days.put(day(row), scores);
                case BY_AGENT -> {
                    if (row.get("agent") != null) {
                        agents.put(row.get("agent", UUID.class), scores);
                    }
                }
                default -> total = scores;
            }
        }
        List<Bucket> overTime = rows.buckets().stream()
                .map(day -> new Bucket(day, days.getOrDefault(day, Scores.NONE)))
                .toList();
        return new SatisfactionView(total, overTime, byAgent ? named(rows, agents) : List.of());
    }

    private static List<OfAgent> named(ReportRows rows, Map<UUID, Scores> scores) {
        return rows.byId(ReportSql.AGENTS, scores.keySet(), row -> row.get("name", String.class)).entrySet().stream()
                .map(each -> new OfAgent(each.getKey(), each.getValue(), scores.get(each.getKey())))
                .sorted(Comparator.comparing(OfAgent::name).thenComparing(OfAgent::id))
                .toList();
    }

    private static Scores scores(Tuple row) {
        Number mean = number(row, "mean");
        return new Scores(
                number(row, "count").longValue(),
                number(row, "satisfied").longValue(),
                number(row, "dissatisfied").longValue(),
                mean == null ? null : mean.doubleValue());
    }
}
