package io.replyloop.signin;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.Role;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import org.hibernate.Session;

/**
 * Who may sign in with a password. Whoever runs the server can let everybody in again by a setting, for the day on which
 * the other way is closed.
 */
@ApplicationScoped
public class PasswordRule {
    private final Session database;
    private final AuditLog audit;
    private final boolean always;

    PasswordRule(Session database, AuditLog audit, SignInConfig config) {
        this.database = database;
        this.audit = audit;
        this.always = config.passwordsAlways();
    }

    /** What holds now. */
    @Transactional
    public PasswordsFor allowed() {
        return always ? PasswordsFor.EVERYBODY : decided();
    }

    /** What admins have decided. */
    @Transactional
    public PasswordsFor decided() {
        return PasswordsFor.of(database.createNativeQuery("select allowed_for from password_rule", String.class)
                .getSingleResult());
    }

    /** Whoever has signed in already stays signed in. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void decide(PasswordsFor wanted) {
        AuditDetails changes = AuditDetails.between(
                Map.of("passwordsFor", decided().wireName()), Map.of("passwordsFor", wanted.wireName()));
        if (changes.isEmpty()) {
            return;
        }
        database.createNativeMutationQuery("update password_rule set allowed_for = :wanted")
                .setParameter("wanted", wanted.wireName())
                .executeUpdate();
        audit.record(AuditAction.SESSION_RULE_CHANGED, AuditObject.theOnly(AuditObject.Kind.SIGN_IN_RULE), changes);
    }

    /** Before anything is checked, so that it says nothing about an account. */
    void requireSome() {
        if (allowed() == PasswordsFor.NOBODY) {
            throw refusal();
        }
    }

    /** For somebody who has shown the right password. */
    void requireFor(Role role) {
        if (!allowed().includes(role)) {
            throw refusal();
        }
    }

    private static Problem refusal() {
        return new Problem(
                ProblemCode.PASSWORDS_OFF, "Your team does not sign in with passwords: use single sign-on instead.");
    }
}
