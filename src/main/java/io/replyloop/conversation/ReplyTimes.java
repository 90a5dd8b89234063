package io.replyloop.conversation;

import io.replyloop.site.UsualReplies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Session;

/**
 * The usual time to the first answer: the median of the newest conversations of some weeks, without those that began when
 * nobody was there. Counted once an hour for a site, when somebody asks.
 */
@ApplicationScoped
@Transactional
public class ReplyTimes implements UsualReplies {
    private static final Duration WEEKS = Duration.ofDays(28);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final int NEWEST = 500;

    /** What is told to those who wait follows the day. */
    private static final Duration RECENTLY = Duration.ofHours(12);

    private static final Duration RECENTLY_FRESH = Duration.ofMinutes(1);

    /** Fewer say little about the next. */
    static final int FEWEST = 10;

    /** As people say it: a minute, five minutes, a quarter, half an hour, an hour, some hours, a day. */
    private static final List<Integer> SAID = List.of(60, 300, 900, 1_800, 3_600, 14_400, 86_400);

    // Those that nobody has answered yet would make a slow team look fast, so they count with the time so far.
    private static final String MEDIAN = """
            select count(answered) as answers, cast(percentile_cont(0.5) within group (
                    order by extract(epoch from coalesce(answered, now()) - asked)) as double precision) as median
            from (select c.created_at as asked, (select min(e.created_at) from conversation_event e
                        where e.conversation_id = c.id and e.kind = 'message' and e.author_kind = 'agent') as answered
                from (select id, created_at from conversation
                    where (cast(:site as uuid) is null or site_id = cast(:site as uuid))
                        and (status = 'open' or status = 'resolved' and not elsewhere) and updated_at >= :since
                        and created_at >= :since and not begun_outside_hours
                    order by created_at desc limit :newest) c) as first
            """;

    private record Known(Optional<Integer> seconds, Instant at) {}

    private final Session session;
    private final Map<UUID, Known> known = new ConcurrentHashMap<>();
    private volatile Known recent;

    ReplyTimes(Session session) {
        this.session = session;
    }

    @Override
    public Optional<Integer> withinSeconds(UUID site) {
        Known fresh = known.get(site);
        if (fresh == null || fresh.at().plus(FRESH).isBefore(Instant.now())) {
            fresh = new Known(counted(site), Instant.now());
            known.put(site, fresh);
        }
        return fresh.seconds();
    }

    /** How long customers have waited of late, over all sites, in whole minutes; empty where few have. */
    public Optional<Integer> recentSeconds() {
        Known fresh = recent;
        if (fresh == null || fresh.at().plus(RECENTLY_FRESH).isBefore(Instant.now())) {
            fresh = new Known(median(null, RECENTLY).map(ReplyTimes::wholeMinutes), Instant.now());
            recent = fresh;
        }
        return fresh.seconds();
    }

    private static int wholeMinutes(double seconds) {
        return 60 * Math.max(1, (int) Math.ceil(seconds / 60));
    }

    Optional<Integer> counted(UUID site) {
        return median(site, WEEKS)
                .flatMap(median -> SAID.stream().filter(said -> median <= said).findFirst());
    }

    private Optional<Double> median(UUID site, Duration time) {
        Tuple row = session.createNativeQuery(MEDIAN, Tuple.class)
                .setParameter("site", site == null ? null : site.toString(), String.class)
                .setParameter("since", Instant.now().minus(time))
                .setParameter("newest", NEWEST)
                .getSingleResult();
        Double median = row.get("median", Double.class);
        if (row.get("answers", Long.class) < FEWEST || median == null) {
            return Optional.empty();
        }
        return Optional.of(median);
    }
}
