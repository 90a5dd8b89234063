package io.replyloop.singlesignon;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.ReadableName;
import io.replyloop.platform.StorableText;
import io.replyloop.platform.TransactionLock;
import io.replyloop.signin.InvitedPeople;
import io.replyloop.signin.OtherSignIn;
import io.replyloop.signin.SessionDevice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.Session;

/**
 * Lets somebody in whom the provider vouches for: finds their account, or makes one, gives them the role that their
 * groups have, and opens a session.
 */
@ApplicationScoped
class Entrance {
    private static final long LOCK = 7_301_042L;
    private static final int LONGEST_NAME = 100;
    private static final int ASCII = 127;
    private static final int LONGEST_ADDRESS = 254;

    /** No more of its grammar than keeps an address from being read for another one. */
    private static final Pattern ADDRESS = Pattern.compile("[^@\\p{Cntrl}\\p{Cf}\\p{Z}]+@[^@\\p{Cntrl}\\p{Cf}\\p{Z}]+");

    private final Session database;
    private final Agents agents;
    private final InvitedPeople invited;
    private final OtherSignIn signIn;
    private final Providers providers;
    private final AuditLog audit;

    Entrance(
            Session database,
            Agents agents,
            InvitedPeople invited,
            OtherSignIn signIn,
            Providers providers,
            AuditLog audit) {
        this.providers = providers;
        this.database = database;
        this.agents = agents;
        this.invited = invited;
        this.signIn = signIn;
        this.audit = audit;
    }

    /** @throws NotLetIn with the reason; nothing has changed then */
    @Transactional
    OtherSignIn.Opened enter(Person person, ProviderSettings provider, SessionDevice device) {
        if (person.subject().isBlank() || !StorableText.is(person.subject())) {
            // All who are called nothing would be one.
            throw new NotLetIn(Refusal.FAILED);
        }
        // One after the other: somebody who comes twice at once gets one account.
        TransactionLock.hold(database, LOCK);
        Optional<UUID> known = known(person);
        Role role = role(person, provider);
        UUID account = known.orElseGet(() -> newcomer(person, provider, role));
        SignedInAgent agent = agents.vouchedFor(account, role).orElseThrow(() -> new NotLetIn(Refusal.CLOSED));
        OtherSignIn.Opened opened = signIn.open(agent, device);
        database.createNativeMutationQuery(
                        "insert into provided_session (session_hash, issuer, subject, session_id, id_token)"
                                + " values (:hash, :issuer, :subject, cast(:session as text), :token)")
                .setParameter("hash", opened.sessionHash())
                .setParameter("issuer", person.issuer())
                .setParameter("subject", person.subject())
                .setParameter("session", person.session())
                .setParameter("token", person.idToken())
                .executeUpdate();
        return opened;
    }

    private Optional<UUID> known(Person person) {
        return database.createNativeQuery(
                        "select account_id from provided_identity where issuer = :issuer and subject = :subject",
                        UUID.class)
                .setParameter("issuer", person.issuer())
                .setParameter("subject", person.subject())
                .getResultStream()
                .findFirst();
    }

    /** @return null where roles are given here */
    private static Role role(Person person, ProviderSettings provider) {
        List<String> admins = provider.adminGroups();
        List<String> agents = provider.agentGroups();
        if (isIn(person, admins)) {
            return Role.ADMIN;
        }
        if (!agents.isEmpty() && !isIn(person, agents)) {
            throw new NotLetIn(Refusal.NO_GROUP);
        }
        return admins.isEmpty() ? null : Role.AGENT;
    }

    private static boolean isIn(Person person, List<String> groups) {
        return !Collections.disjoint(person.groups(), groups);
    }

    private UUID newcomer(Person person, ProviderSettings provider, Role role) {
        boolean isTheirs = person.email() != null
                && isAddress(person.email())
                && (person.emailVerified() || provider.trustsAddresses());
        if (!isTheirs) {
            throw new NotLetIn(Refusal.NO_ADDRESS);
        }
        Optional<SignedInAgent> own = agents.byEmail(person.email());
        if (own.filter(agent -> providers.isKnownThere(agent.id(), person.issuer()))
                .isPresent()) {
            // An address is given to somebody new, a subject is not: whoever has it today gets nobody's account by it.
            throw new NotLetIn(Refusal.TAKEN);
        }
        // Whoever was invited has a place, and needs no password for it.
        Optional<Role> invitation = own.isPresent() ? Optional.empty() : invited.accept(person.email());
        if (own.isEmpty() && invitation.isEmpty() && !provider.newAccounts()) {
            throw new NotLetIn(Refusal.NO_ACCOUNT);
        }
        SignedInAgent agent = own.orElseGet(() ->
                agents.provide(person.email(), nameOf(person), role != null ? role : invitation.orElse(Role.AGENT)));
        database.createNativeMutationQuery("insert into provided_identity (issuer, subject, account_id, linked_at)"
                        + " values (:issuer, :subject, :account, :now)")
                .setParameter("issuer", person.issuer())
                .setParameter("subject", person.subject())
                .setParameter("account", agent.id())
                .setParameter("now", Instant.now())
                .executeUpdate();
        audit.record(
                agent.actor(),
                AuditAction.ACCOUNT_LINKED,
                AuditObject.of(AuditObject.Kind.ACCOUNT, agent.id(), agent.name()),
                AuditDetails.of(Map.of("issuer", person.issuer(), "subject", person.subject())));
        return agent.id();
    }

    private static boolean isAddress(String email) {
        return email.length() <= LONGEST_ADDRESS
                && StorableText.is(email)
                && ADDRESS.matcher(email).matches()
                // Small, the Kelvin sign is a k: in another mailbox than that of the account.
                && email.codePoints().noneMatch(point -> point > ASCII && Character.toLowerCase(point) <= ASCII);
    }

    private static String nameOf(Person person) {
        String told = person.name() == null || !StorableText.is(person.name()) ? "" : person.name();
        String readable = ReadableName.of(told.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " "));
        String line = readable == null ? person.email() : readable;
        int end = line.offsetByCodePoints(0, Math.min(LONGEST_NAME, line.codePointCount(0, line.length())));
        return line.substring(0, end);
    }
}
