package io.replyloop.feedback;

import io.replyloop.suggestion.ScreenOrders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.Session;

/** Measures how surely agents look at each place, from the impressions that were shown in a random order. */
@ApplicationScoped
@Transactional
public class PositionBias {
    /** Decisions use what is known for so long; it changes slowly. */
    private static final long HOLDS = Duration.ofMinutes(10).toNanos();

    private final Session session;
    private final ScreenOrders orders;

    private record Known(Examination examination, long at) {}

    private volatile Known known;

    PositionBias(Session session, ScreenOrders orders) {
        this.session = session;
        this.orders = orders;
    }

    /** As of some minutes ago at most. */
    public Examination examination() {
        Known now = known;
        if (now == null || System.nanoTime() - now.at() > HOLDS) {
            now = new Known(measured(), System.nanoTime());
            known = now;
        }
        return now.examination();
    }

    /** As of now. */
    Examination measured() {
        Map<Integer, Map<Integer, Long>> used = new HashMap<>();
        for (Tuple row : session.createNativeQuery("""
                        select i.shown_count as shown, c.position, count(*) as used
                        from impression i
                        join decision d on d.impression_id = i.id and d.outcome in ('sent', 'edited')
                            and d.source = 'suggestion' and d.on_screen is distinct from false
                        join impression_candidate c on c.impression_id = i.id and c.reply_id = d.reply_id and c.shown
                        where i.shuffled group by i.shown_count, c.position""", Tuple.class).getResultList()) {
            used.computeIfAbsent(row.get("shown", Integer.class), unknown -> new HashMap<>())
                    .put(row.get("position", Integer.class), row.get("used", Long.class));
        }
        return Examination.of(used, orders.places());
    }

    double share() {
        return orders.share();
    }
}
