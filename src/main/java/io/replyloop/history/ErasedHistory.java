package io.replyloop.history;

import io.replyloop.privacy.CustomerErasure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Deletes what was imported of a customer who is erased, as far as it can be known: where a site has vouched for a mail
 * address, and the file has named it. Ids are no proof: customer 42 of another program may be somebody else. What was not
 * looked through is counted, so that the report does not promise too much.
 */
@ApplicationScoped
@Transactional
class ErasedHistory {
    private static final String WITH_CONVERSATIONS =
            "select i.id, i.salt from history_import i where exists (select from"
                    + " history_conversation c where c.import_id = i.id) and ";

    private final Session session;
    private final HistoryService history;

    ErasedHistory(Session session, HistoryService history) {
        this.session = session;
        this.history = history;
    }

    /** Before others: as for whoever undoes an import, its row comes before the knowledge base's revision. */
    void erase(@Observes @Priority(Interceptor.Priority.APPLICATION) CustomerErasure erasure) {
        if (erasure.customer() == null) {
            return;
        }
        // While one is read or compared, its drafts may come out of conversations that would be deleted here.
        erasure.removed(
                "imports-under-way",
                imports("i.state in ('reading', 'analysing')").size());
        List<Tuple> imports = imports("i.state not in ('reading', 'analysing') order by i.id for share");
        if (erasure.email().isEmpty()) {
            erasure.removed("imports-not-searched", imports.size());
            return;
        }
        String address = erasure.email().get();
        List<UUID> found = new ArrayList<>();
        for (Tuple one : imports) {
            found.addAll(session.createNativeQuery(
                            "select id from history_conversation where import_id = :id"
                                    + " and customer_keys @> array[cast(:key as text)]",
                            UUID.class)
                    .setParameter("id", one.get("id", UUID.class))
                    .setParameter("key", Intake.key(one.get("salt", UUID.class), address))
                    .getResultList());
        }
        erasure.removed("imports-searched", imports.size());
        if (!found.isEmpty()) {
            history.remove(found, erasure);
        }
    }

    private List<Tuple> imports(String which) {
        return session.createNativeQuery(WITH_CONVERSATIONS + which, Tuple.class)
                .getResultList();
    }
}
