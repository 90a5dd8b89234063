package io.replyloop.overview;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.overview.FirstStepsView.Step;
import io.replyloop.site.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hibernate.Session;

/**
 * The first steps of a new installation. Whether one is done is what the database says at that moment, so nothing can be
 * ticked that is not there, and whoever did a step in another way has done it.
 */
@ApplicationScoped
@Transactional
class FirstSteps {
    // Each stops at the first row that it finds.
    private static final String DONE = """
            select exists (select from site where id <> :elsewhere) as site,
                exists (select from reply where state = 'published')
                    or exists (select from history_import where state = 'imported') as replies,
                (select count(*) from (select from agent_account where active limit 2) a) > 1
                    or exists (select from account_link where account_id is null and expires_at > now()) as colleague,
                exists (select from site_sighting) as snippet,
                exists (select from conversation where not spam and not elsewhere) as hello,
                exists (select from conversation_event where kind = 'message' and author_kind = 'agent') as answer,
                exists (select from first_steps_put_away) as put_away,
                coalesce((select origin from site_sighting where origin not like '%*%' order by first_at limit 1),
                    (select allowed_origins[1] from site
                        where allowed_origins[1] not like '%*%' order by created_at limit 1)) as page
            """;

    private final Session database;
    private final AuditLog audit;

    FirstSteps(Session database, AuditLog audit) {
        this.database = database;
        this.audit = audit;
    }

    FirstStepsView view() {
        Tuple found = database.createNativeQuery(DONE, Tuple.class)
                .setParameter("elsewhere", Sites.ELSEWHERE)
                .getSingleResult();
        List<Step> steps = Arrays.stream(FirstStep.values())
                .map(step -> new Step(step, found.get(step.name().toLowerCase(Locale.ROOT), Boolean.class)))
                .toList();
        return new FirstStepsView(found.get("put_away", Boolean.class), steps, found.get("page", String.class));
    }

    /** Does nothing where they are already as wanted. */
    void putAway(boolean away) {
        int changed = database.createNativeMutationQuery(
                        away
                                ? "insert into first_steps_put_away default values on conflict do nothing"
                                : "delete from first_steps_put_away")
                .executeUpdate();
        if (changed > 0) {
            audit.record(
                    away ? AuditAction.SETUP_STEPS_PUT_AWAY : AuditAction.SETUP_STEPS_BROUGHT_BACK,
                    AuditObject.theOnly(AuditObject.Kind.FIRST_STEPS),
                    AuditDetails.none());
        }
    }
}
