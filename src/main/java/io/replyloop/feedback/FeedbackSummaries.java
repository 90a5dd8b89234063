package io.replyloop.feedback;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import org.hibernate.Session;

/** Counts what agents have done with suggestions. */
@ApplicationScoped
@Transactional
public class FeedbackSummaries {
    private final Session session;

    FeedbackSummaries(Session session) {
        this.session = session;
    }

    public FeedbackSummary summary() {
        Tuple row = session.createNativeQuery("""
                        with known as (
                            select impression_id, reply_id from decision
                            where outcome <> 'rejected' and reply_id is not null and accepted is distinct from false
                        ), placed as (
                            select coalesce(candidate.ranked_position, candidate.position) as position,
                                candidate.shown from known
                            left join impression_candidate candidate using (impression_id, reply_id)
                        )
                        select (select count(*) from impression where shown_count > 0) as impressions,
                            count(*) as decisions,
                            count(*) filter (where outcome = 'sent' and suggested) as sent,
                            count(*) filter (where outcome = 'edited' and suggested) as edited,
                            count(*) filter (where outcome = 'rejected') as rejected,
                            count(*) filter (where outcome <> 'rejected'
                                and (outcome = 'own-text' or not suggested)) as own_text,
                            (select avg(case when shown and position = 1 then 1.0 else 0 end) from placed) as at1,
                            (select avg(case when shown and position <= 3 then 1.0 else 0 end) from placed) as at3,
                            (select avg(coalesce(1.0 / position, 0)) from placed) as mrr
                        from (select outcome, coalesce(shown, false) as suggested from decision
                            left join impression_candidate using (impression_id, reply_id)) as told""", Tuple.class).getSingleResult();
        return new FeedbackSummary(
                row.get("impressions", Long.class),
                row.get("decisions", Long.class),
                row.get("sent", Long.class),
                row.get("edited", Long.class),
                row.get("rejected", Long.class),
                row.get("own_text", Long.class),
                share(row, "at1"),
                share(row, "at3"),
                share(row, "mrr"));
    }

    private static double share(Tuple row, String column) {
        Number value = (Number) row.get(column);
        return value == null ? 0 : value.doubleValue();
    }
}
