package io.replyloop.reports;

import static io.replyloop.reports.ReportRows.day;
import static io.replyloop.reports.ReportRows.number;

import io.replyloop.reports.HandlingView.Bucket;
import io.replyloop.reports.HandlingView.Times;
import jakarta.persistence.Tuple;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts conversations and how long they took. One counts on the day on which it began, a resolution on its own day, for
 * the agent who resolved. Language and category are of questions: with them, conversations in which such a question was
 * asked count; with an agent, those that began and in which that agent answered one.
 */
final class Handling {
    /** Needs the table of questions. */
    private static final String BEGUN = """
            select cast(bucket as text) as bucket, count(*) as begun
            from (select cast(date_trunc(:unit, created_at at time zone :zone) as date) as bucket from conversation
                where created_at >= :start and created_at < :end and not spam and not elsewhere
                    and ((cast(:language as text) is null and cast(:category as text) is null
                            and cast(:agent as text) is null)
                        or id in (select conversation from question))) as begun
            group by bucket
            """;

    /**
     * Needs the table of questions. What was resolved again without a word of the customer in between took no time that
     * anybody waited for, and counts once.
     */
    private static final String RESOLUTIONS = """
            with resolution as (
                select conversation_id, sequence, created_at from conversation_event
                where created_at >= :start and created_at < :end and kind = 'status' and status = 'resolved'
                    and (cast(:agent as uuid) is null or author_id = cast(:agent as uuid))
                    and ((cast(:language as text) is null and cast(:category as text) is null)
                        or conversation_id in (select conversation from question))
                    and conversation_id not in (select id from conversation where spam)
            )
            select grouping(bucket) as part, cast(bucket as text) as bucket, count(*) as count,
                percentile_cont(0.5) within group (order by seconds) as median,
                percentile_cont(0.9) within group (order by seconds) as p90
            from (select cast(date_trunc(:unit, r.created_at at time zone :zone) as date) as bucket,
                    cast(extract(epoch from r.created_at - asked.created_at) as double precision) as seconds
                from resolution r
                cross join lateral (select coalesce(max(sequence), 0) as sequence from conversation_event
                    where conversation_id = r.conversation_id and sequence < r.sequence
                        and kind = 'status' and status = 'resolved') as before
                cross join lateral (select created_at from conversation_event
                    where conversation_id = r.conversation_id and sequence > before.sequence
                        and sequence < r.sequence and kind = 'message' and author_kind = 'customer'
                    order by sequence limit 1) as asked) as timed
            group by grouping sets ((bucket), ())
            """;

    private static final int IN_ALL = 1;

    private Handling() {}

    static HandlingView of(ReportRows rows, Responses responses) {
        Map<LocalDate, Long> begun = new HashMap<>();
        rows.of(BEGUN).forEach(row -> begun.put(day(row), row.get("begun", Long.class)));
        Map<LocalDate, Times> resolutions = new HashMap<>();
        Times resolved = Times.NONE;
        for (Tuple row : rows.of(RESOLUTIONS)) {
            if (number(row, "part").intValue() == IN_ALL) {
                resolved = times(row);
            } else {
                resolutions.put(day(row), times(row));
            }
        }
        List<Bucket> overTime = rows.buckets().stream()
                .map(day -> new Bucket(
                        day,
                        begun.getOrDefault(day, 0L),
                        responses.firstByDay().getOrDefault(day, Times.NONE),
                        resolutions.getOrDefault(day, Times.NONE)))
                .toList();
        return new HandlingView(
                begun.values().stream().mapToLong(Long::longValue).sum(), responses.first(), resolved, overTime);
    }

    static Times times(Tuple row) {
        Number median = number(row, "median");
        Number p90 = number(row, "p90");
        return new Times(
                row.get("count", Long.class),
                median == null ? null : median.doubleValue(),
                p90 == null ? null : p90.doubleValue());
    }
}
