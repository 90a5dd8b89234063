package io.replyloop.signin;

import io.replyloop.identity.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.Session;

/** For people who were invited and come in by another way than the link. */
@ApplicationScoped
public class InvitedPeople {
    private final Session database;
    private final AccountLinks links;

    InvitedPeople(Session database, AccountLinks links) {
        this.database = database;
        this.links = links;
    }

    /** Uses up the invitation of this address, where there is one that counts; returns the role that it gives. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Role> accept(String email) {
        links.lock();
        return database
                .createNativeQuery(
                        "delete from account_link l using agent_account a where l.account_id is null"
                                + " and l.email = :email and l.expires_at > :now and a.id = l.created_by"
                                + " and a.active and a.role = 'admin' returning l.role",
                        String.class)
                .setParameter("email", email.strip().toLowerCase(Locale.ROOT))
                .setParameter("now", Instant.now())
                .getResultList()
                .stream()
                .findFirst()
                .map(Role::of);
    }
}
