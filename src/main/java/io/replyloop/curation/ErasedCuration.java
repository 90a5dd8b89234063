package io.replyloop.curation;

import io.replyloop.dataset.PastExamplesForgotten;
import io.replyloop.privacy.CustomerErasure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.hibernate.Session;

/** What was done to the examples of an erased conversation goes with them, and what was said about them. */
@ApplicationScoped
@Transactional
class ErasedCuration {
    private final Session session;

    ErasedCuration(Session session) {
        this.session = session;
    }

    void erase(@Observes CustomerErasure erasure) {
        if (erasure.conversation() != null) {
            delete(
                    "delete from curation_finding where example_id in"
                            + " (select id from example where conversation_id = :conversation)",
                    erasure);
            delete(
                    "delete from curation_settled where example_id in"
                            + " (select id from example where conversation_id = :conversation)",
                    erasure);
            delete("delete from curation_act where conversation_id = :conversation", erasure);
        }
    }

    void forget(@Observes PastExamplesForgotten gone) {
        session.createNativeMutationQuery("delete from curation_act where conversation_id = any (:conversations)"
                        + " or example_id = any (:examples)")
                .setParameter("conversations", gone.conversations().toArray(UUID[]::new))
                .setParameter("examples", gone.examples().toArray(Long[]::new))
                .executeUpdate();
    }

    private void delete(String statement, CustomerErasure erasure) {
        session.createNativeMutationQuery(statement)
                .setParameter("conversation", erasure.conversation())
                .executeUpdate();
    }
}
