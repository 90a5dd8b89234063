package io.replyloop.signin;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * Invitations: an admin says who may join, and hands over the link; whoever opens it chooses a password, which nobody
 * else ever knows. An invitation counts only while the admin who made it is one.
 */
@ApplicationScoped
class Invitations {
    private static final int MOST = 500;

    private static final String VIEW = "select l.id, l.email, l.name, l.role, a.name as invited_by, l.created_at,"
            + " l.expires_at, coalesce(l.expires_at > :now and a.active and a.role = 'admin', false)"
            + " from account_link l left join agent_account a on a.id = l.created_by where l.account_id is null";

    private final Session database;
    private final AccountLinks links;
    private final Agents agents;
    private final AccountMails mails;
    private final AuditLog audit;
    private final SignInConfig.Links config;

    Invitations(
            Session database,
            AccountLinks links,
            Agents agents,
            AccountMails mails,
            AuditLog audit,
            SignInConfig config) {
        this.database = database;
        this.links = links;
        this.agents = agents;
        this.mails = mails;
        this.audit = audit;
        this.config = config.links();
    }

    /**
     * @param token what the link ends with, known only to whoever is given this
     * @param mailed whether it is mailed to the person, too
     */
    record Made(InvitationView invitation, SecretToken token, boolean mailed) {}

    @Transactional
    List<InvitationView> list() {
        return views(query(VIEW + " order by l.created_at desc, l.id"));
    }

    /** @param language in which the person is written to, as browsers name it */
    @Transactional
    Made invite(SignedInAgent by, String email, String name, Role role, String language) {
        links.lock();
        String address = email.strip().toLowerCase(Locale.ROOT);
        if (agents.byEmail(address).isPresent()) {
            throw taken("There is already an account with this e-mail address.");
        }
        List<InvitationView> open = list();
        if (open.stream().anyMatch(invitation -> invitation.email().equals(address))) {
            throw taken("This address is invited already. Make a new link for that invitation instead.");
        }
        if (open.size() >= MOST) {
            throw new Problem(
                    ProblemCode.CONFLICT, "There are " + MOST + " open invitations. Withdraw those that nobody needs.");
        }
        UUID id = UUID.randomUUID();
        SecretToken token = SecretToken.random();
        Instant now = Instant.now();
        database.createNativeMutationQuery("insert into account_link"
                        + " (id, token_hash, email, name, role, created_by, created_at, expires_at)"
                        + " values (:id, :hash, :email, :name, :role, :by, :now, :end)")
                .setParameter("id", id)
                .setParameter("hash", token.hash())
                .setParameter("email", address)
                .setParameter("name", name.strip())
                .setParameter("role", role.wireName())
                .setParameter("by", by.id())
                .setParameter("now", now)
                .setParameter("end", now.plus(config.invitation()))
                .executeUpdate();
        InvitationView made = view(id);
        audit.record(
                AuditAction.ACCOUNT_INVITED,
                object(made),
                AuditDetails.of(Map.of("email", address, "name", made.name(), "role", role.wireName())));
        return new Made(made, token, mails.invite(by, made, token, language));
    }

    /** A new link in place of the old one, which ends. */
    @Transactional
    Made renew(SignedInAgent by, UUID id, String language) {
        SecretToken token = SecretToken.random();
        Instant now = Instant.now();
        int renewed = database.createNativeMutationQuery("update account_link"
                        + " set token_hash = :hash, created_by = :by, created_at = :now, expires_at = :end"
                        + " where id = :id and account_id is null")
                .setParameter("hash", token.hash())
                .setParameter("by", by.id())
                .setParameter("now", now)
                .setParameter("end", now.plus(config.invitation()))
                .setParameter("id", id)
                .executeUpdate();
        if (renewed == 0) {
            throw Problem.notFound("invitation");
        }
        InvitationView made = view(id);
        audit.record(AuditAction.ACCOUNT_INVITATION_RENEWED, object(made), AuditDetails.none());
        return new Made(made, token, mails.invite(by, made, token, language));
    }

    /** Does nothing where the invitation was accepted or withdrawn meanwhile. */
    @Transactional
    void withdraw(UUID id) {
        List<InvitationView> found = views(query(VIEW + " and l.id = :id").setParameter("id", id));
        int withdrawn = database.createNativeMutationQuery(
                        "delete from account_link where id = :id and account_id is null")
                .setParameter("id", id)
                .executeUpdate();
        if (withdrawn == 1) {
            audit.record(AuditAction.ACCOUNT_INVITATION_WITHDRAWN, object(found.get(0)), AuditDetails.none());
        }
    }

    private InvitationView view(UUID id) {
        return views(query(VIEW + " and l.id = :id").setParameter("id", id)).get(0);
    }

    private NativeQuery<Object[]> query(String sql) {
        return database.createNativeQuery(sql, Object[].class).setParameter("now", Instant.now());
    }

    private static List<InvitationView> views(NativeQuery<Object[]> query) {
        return query.getResultList().stream()
                .map(row -> new InvitationView(
                        (UUID) row[0],
                        (String) row[1],
                        (String) row[2],
                        Role.of((String) row[3]),
                        (String) row[4],
                        (Instant) row[5],
                        (Instant) row[6],
                        (Boolean) row[7]))
                .toList();
    }

    private static AuditObject object(InvitationView invitation) {
        return AuditObject.of(AuditObject.Kind.INVITATION, invitation.id(), invitation.name());
    }

    private static Problem taken(String message) {
        return Problem.ofField(ProblemCode.CONFLICT, "email", FieldRule.TAKEN, Map.of(), message);
    }
}
