package io.replyloop.signin;

import io.replyloop.audit.Actor;
import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Sign-in with e-mail address and password. Not one transaction, because hashing is slow and needs no connection. */
@ApplicationScoped
class SignIn {
    private static final int AT_ONCE = 8;

    private final Agents agents;
    private final Sessions sessions;
    private final SignInLimits limits;
    private final KnownDevices devices;
    private final RefusedSignIns refused;

    // Separate, so that people known to their accounts can sign in however many strangers try.
    private final Semaphore strangers = new Semaphore(AT_ONCE);
    private final Semaphore known = new Semaphore(AT_ONCE);

    SignIn(Agents agents, Sessions sessions, SignInLimits limits, KnownDevices devices, RefusedSignIns refused) {
        this.agents = agents;
        this.sessions = sessions;
        this.limits = limits;
        this.devices = devices;
        this.refused = refused;
    }

    /** @param device the token by which the account will know this browser next time */
    record Opened(SignedInAgent agent, SecretToken token, String device) {}

    Opened withPassword(String email, String password, SignInClient client) {
        Optional<UUID> knownAs = devices.find(email, client.knownBy());
        SignedInAgent agent = prove(Actor.VISITOR, email, password, client.address(), knownAs)
                .orElseThrow(() -> new Problem(
                        ProblemCode.SIGN_IN_FAILED,
                        "E-mail address and password do not belong together. Check both and try again."));
        return open(agent, knownAs.orElseGet(UUID::randomUUID), client.device());
    }

    /**
     * Checks the password of somebody who is already signed in; limited like a sign-in, because it could be guessed
     * here, too.
     */
    boolean isPasswordOf(SignedInAgent agent, String password, SignInClient client) {
        Optional<UUID> knownAs = devices.find(agent.email(), client.knownBy());
        return prove(agent.actor(), agent.email(), password, client.address(), knownAs)
                .isPresent();
    }

    private Optional<SignedInAgent> prove(
            Actor by, String email, String password, String address, Optional<UUID> knownAs) {
        Semaphore room = knownAs.isPresent() ? known : strangers;
        if (!room.tryAcquire()) {
            throw Problem.rateLimited(
                    "Too many people sign in at this moment. Try again in a few seconds.", Duration.ofSeconds(5));
        }
        try {
            SignInAttempt attempt = SignInAttempt.on(email, address, knownAs.orElse(null));
            Optional<SignedInAgent> agent = carriedOut(attempt, email, password);
            agent.ifPresentOrElse(
                    someone -> limits.succeeded(attempt),
                    () -> refused.recordLater(by, email, AddressLimit.readable(address)));
            return agent;
        } finally {
            room.release();
        }
    }

    /** Opens a session without a password; the caller has verified the person's identity in another way. */
    Opened open(SignedInAgent agent, SessionDevice device) {
        return open(agent, UUID.randomUUID(), device);
    }

    private Optional<SignedInAgent> carriedOut(SignInAttempt attempt, String email, String password) {
        long number = limits.begin(attempt);
        try {
            return agents.authenticate(email, password, attempt.device() != null);
        } catch (RuntimeException notCarriedOut) {
            takeBack(number, notCarriedOut);
            throw notCarriedOut;
        }
    }

    private void takeBack(long number, RuntimeException why) {
        try {
            limits.takeBack(number);
        } catch (RuntimeException failure) {
            why.addSuppressed(failure);
        }
    }

    private Opened open(SignedInAgent agent, UUID known, SessionDevice device) {
        return new Opened(agent, sessions.open(agent, device), devices.token(agent.email(), known));
    }
}
