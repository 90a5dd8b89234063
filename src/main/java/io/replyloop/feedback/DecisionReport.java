package io.replyloop.feedback;

import io.replyloop.feedback.DecisionFigures.AtPosition;
import io.replyloop.feedback.DecisionFigures.OfSource;
import io.replyloop.feedback.Examination.Place;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** Reads what the newest decisions tell, for admins. */
@ApplicationScoped
@Transactional
class DecisionReport {
    private static final String NEWEST = """
            with answer as (
                select d.*, i.shown_count, c.shown, c.position as place,
                    c.shown and d.outcome in ('sent', 'edited') and coalesce(d.source, 'suggestion') = 'suggestion'
                        as used
                from (select * from decision where outcome <> 'rejected' order by created_at desc limit 5000) d
                join impression i on i.id = d.impression_id
                left join impression_candidate c on c.impression_id = d.impression_id and c.reply_id = d.reply_id)
            """;

    private final Session session;
    private final PositionBias bias;

    DecisionReport(Session session, PositionBias bias) {
        this.session = session;
        this.bias = bias;
    }

    DecisionFigures figures() {
        Tuple all = session.createNativeQuery(NEWEST + """
                        select count(*) as answers,
                            cast(percentile_cont(0.5) within group (order by screen_millis) filter (where used) as bigint)
                                as millis,
                            percentile_cont(0.5) within group (order by edit_distance)
                                filter (where used and outcome = 'edited') as distance,
                            count(*) filter (where source = 'own' and reply_id is not null) as matched
                        from answer""", Tuple.class).getSingleResult();
        Examination examination = bias.measured();
        return new DecisionFigures(
                all.get("answers", Long.class),
                sources(),
                all.get("millis", Long.class),
                all.get("distance", Double.class),
                all.get("matched", Long.class),
                positions(examination),
                new DecisionFigures.Shuffle(
                        bias.share(),
                        examination.used(),
                        examination.missing(),
                        examination.scarcest().map(Place::position).orElse(null)));
    }

    private List<OfSource> sources() {
        return session
                .createNativeQuery(
                        NEWEST + "select source, count(*) as answers from answer group by source order by 2 desc, 1",
                        Tuple.class)
                .getResultList()
                .stream()
                .map(row -> new OfSource(Source.named(row.get("source", String.class)), row.get("answers", Long.class)))
                .toList();
    }

    private List<AtPosition> positions(Examination examination) {
        List<AtPosition> positions = new ArrayList<>();
        for (Tuple row : session.createNativeQuery(NEWEST + """
                        select place.number, count(*) as shown,
                            count(*) filter (where answer.used and answer.place = place.number) as used
                        from answer join generate_series(1, 10) as place (number) on place.number <= answer.shown_count
                        where answer.on_screen is distinct from false
                        group by place.number order by place.number""", Tuple.class).getResultList()) {
            int position = row.get("number", Integer.class);
            long shown = row.get("shown", Long.class);
            long used = row.get("used", Long.class);
            double acceptance = (double) used / shown;
            Optional<Place> measured = examination.places().stream()
                    .filter(place -> place.position() == position && place.isMeasured())
                    .findFirst();
            positions.add(new AtPosition(
                    position,
                    shown,
                    used,
                    acceptance,
                    Math.min(1, acceptance / examination.at(position)),
                    measured.map(Place::ratio).orElse(null),
                    measured.map(Place::low).orElse(null),
                    measured.map(Place::high).orElse(null)));
        }
        return positions;
    }
}
