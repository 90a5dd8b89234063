package io.replyloop.curation;

import io.replyloop.privacy.CustomerErasure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
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

    private void delete(String statement, CustomerErasure erasure) {
        session.createNativeMutationQuery(statement)
                .setParameter("conversation", erasure.conversation())
                .executeUpdate();
    }
}
