package io.replyloop.signin;

import io.replyloop.audit.Actor;
import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Sign-in with e-mail address and password, and with a second step where there is one. Not one transaction, because hashing is slow and
 * needs no connection.
 */
@ApplicationScoped
class SignIn {
    private static final int AT_ONCE = 8;

    private final Agents agents;
    private final Sessions sessions;
    private final SignInLimits limits;
    private final KnownDevices devices;
    private final RefusedSignIns refused;
    private final SecondFactors factors;
    private final SessionEnds ends;
    private final PasswordRule passwords;

    // Separate, so that people known to their accounts can sign in however many strangers try.
    private final Semaphore strangers = new Semaphore(AT_ONCE);
    private final Semaphore known = new Semaphore(AT_ONCE);

    SignIn(
            Agents agents,
            Sessions sessions,
            SignInLimits limits,
            KnownDevices devices,
            RefusedSignIns refused,
            SecondFactors factors,
            SessionEnds ends,
            PasswordRule passwords) {
        this.passwords = passwords;
        this.agents = agents;
        this.sessions = sessions;
        this.limits = limits;
        this.devices = devices;
        this.refused = refused;
        this.factors = factors;
        this.ends = ends;
    }

    /**
     * @param device the token by which the account will know this browser next time
     * @param recoveryCodes where a second step was set up by this; null otherwise
     */
    record Opened(SignedInAgent agent, SecretToken token, String device, List<String> recoveryCodes) {}

    /**
     * What has come of an attempt; without an agent, the password was wrong.
     *
     * @param ended how often all sessions of the account had been ended before anything was checked
     */
    private record Tried(long attempt, long ended, Optional<SignedInAgent> agent, SecondFactors.Checked second) {
        SecondFactors.Outcome outcome() {
            return second.outcome();
        }
    }

    /** What the second step says of whoever has shown the right password. */
    private interface SecondStep {
        /** @param guessing see {@link SecondFactors#check} */
        SecondFactors.Checked of(SignedInAgent agent, Runnable guessing);
    }

    /** @param code of the second step; null if none was given */
    Opened withPassword(String email, String password, String code, SignInClient client) {
        passwords.requireSome();
        Optional<UUID> knownAs = devices.find(email, client.knownBy());
        Tried tried = attempt(
                Actor.VISITOR,
                email,
                password,
                client.address(),
                knownAs,
                (agent, guessing) -> factors.check(agent, code, guessing));
        SignedInAgent agent = tried.agent().orElseThrow(SignIn::failed);
        passwords.requireFor(agent.role());
        switch (tried.outcome()) {
            case PASSED -> {}
            case WRONG ->
                throw new Problem(
                        ProblemCode.SECOND_FACTOR_WRONG,
                        "This code is wrong, or was used before. Wait for the next one, or use a recovery code.");
            case CODE_NEEDED ->
                throw new Problem(
                        ProblemCode.SECOND_FACTOR_NEEDED,
                        "Also send the code that your authenticator shows, or a recovery code.");
            case SETUP_NEEDED ->
                throw new Problem(
                        ProblemCode.SECOND_FACTOR_SETUP_NEEDED,
                        "Your team signs in with a second step. Set it up first, then sign in with its code.");
        }
        // Whoever sets up a second step ends all sessions, which were opened without it.
        long own = tried.second().isSetUp() ? 1 : 0;
        SecretToken token =
                sessions.open(agent, client.device(), tried.ended() + own).orElseThrow(SignIn::failed);
        return new Opened(
                agent,
                token,
                devices.token(agent.email(), knownAs.orElseGet(UUID::randomUUID)),
                tried.second().recoveryCodes());
    }

    /** For somebody who has no second step yet, and may not sign in without one. */
    SecondFactors.NewSecret beginSecondFactor(String email, String password, SignInClient client) {
        passwords.requireSome();
        Optional<UUID> knownAs = devices.find(email, client.knownBy());
        Tried tried = attempt(
                Actor.VISITOR,
                email,
                password,
                client.address(),
                knownAs,
                (agent, guessing) -> factors.check(agent, null, guessing));
        SignedInAgent agent = tried.agent().orElseThrow(SignIn::failed);
        passwords.requireFor(agent.role());
        if (tried.outcome() != SecondFactors.Outcome.SETUP_NEEDED) {
            throw new Problem(ProblemCode.CONFLICT, "There is nothing to set up. Sign in as usual.");
        }
        return factors.begin(agent);
    }

    private static Problem failed() {
        return new Problem(
                ProblemCode.SIGN_IN_FAILED,
                "E-mail address and password do not belong together. Check both and try again.");
    }

    /**
     * Checks the password of somebody who is already signed in; limited like a sign-in, because it could be guessed
     * here, too.
     */
    boolean isPasswordOf(SignedInAgent agent, String password, SignInClient client) {
        Optional<UUID> knownAs = devices.find(agent.email(), client.knownBy());
        return attempt(
                        agent.actor(),
                        agent.email(),
                        password,
                        client.address(),
                        knownAs,
                        (owner, guessing) -> SecondFactors.Checked.of(SecondFactors.Outcome.PASSED))
                .agent()
                .isPresent();
    }

    private Tried attempt(
            Actor by, String email, String password, String address, Optional<UUID> knownAs, SecondStep second) {
        Semaphore room = knownAs.isPresent() ? known : strangers;
        if (!room.tryAcquire()) {
            throw Problem.rateLimited(
                    "Too many people sign in at this moment. Try again in a few seconds.", Duration.ofSeconds(5));
        }
        try {
            SignInAttempt attempt = SignInAttempt.on(email, address, knownAs.orElse(null));
            Tried tried = carriedOut(attempt, email, password, second);
            switch (tried.outcome()) {
                case PASSED -> limits.succeeded(attempt);
                case WRONG -> refused.recordLater(by, email, AddressLimit.readable(address));
                // Neither a failure nor a success, which would forgive wrong codes to whoever knows the password.
                case CODE_NEEDED, SETUP_NEEDED -> limits.takeBack(tried.attempt());
            }
            return tried;
        } finally {
            room.release();
        }
    }

    /** Opens a session without a password; the caller has verified the person's identity in another way. */
    Opened open(SignedInAgent agent, SessionDevice device) {
        return new Opened(agent, sessions.open(agent, device), devices.token(agent.email(), UUID.randomUUID()), null);
    }

    private Tried carriedOut(SignInAttempt attempt, String email, String password, SecondStep second) {
        long number = limits.begin(attempt);
        try {
            long ended = ends.of(email);
            Optional<SignedInAgent> agent = agents.authenticate(email, password, attempt.device() != null);
            return new Tried(
                    number,
                    ended,
                    agent,
                    agent.map(owner -> second.of(owner, () -> limits.guessesCode(number, attempt)))
                            .orElse(SecondFactors.Checked.of(SecondFactors.Outcome.WRONG)));
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
}
