package io.replyloop.identity;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Places;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Bcrypt, with limited concurrency so that the chat keeps enough processor time. */
@ApplicationScoped
public class Passwords {
    private static final String FIELD = "password";

    static final int SHORTEST = 10;
    /** Bcrypt ignores the rest, so a longer password would be weaker than it looks. */
    static final int MOST_BYTES = 72;

    private final int cost;
    private final String nobody;
    private final Places strangers = places(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private final Places known = places(1);

    Passwords(IdentityConfig config) {
        cost = config.bcryptCost();
        nobody = BcryptUtil.bcryptHash(UUID.randomUUID().toString(), cost);
    }

    String hash(String password) {
        requireGood(password);
        return known.with(() -> BcryptUtil.bcryptHash(password, cost));
    }

    /** Without a hash, takes the same time and returns false, so that timing does not reveal which accounts exist. */
    boolean matches(String password, String hash, boolean ofKnown) {
        boolean equal =
                (ofKnown ? known : strangers).with(() -> BcryptUtil.matches(password, hash == null ? nobody : hash));
        return hash != null && equal;
    }

    private static void requireGood(String password) {
        // Spaces around count for nothing: ten of them would be the first that anybody tries.
        String core = password.strip();
        if (core.codePointCount(0, core.length()) < SHORTEST) {
            throw Problem.ofField(
                    ProblemCode.INVALID,
                    FIELD,
                    FieldRule.TOO_SHORT,
                    Map.of("min", SHORTEST),
                    "password: use at least " + SHORTEST + " characters, a sentence for instance.");
        }
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            // In a Chinese password, this many bytes are a third as many characters.
            throw Problem.ofField(
                    ProblemCode.INVALID,
                    FIELD,
                    FieldRule.TOO_LONG,
                    Map.of("max", password.codePointCount(0, password.length()) * MOST_BYTES / bytes),
                    "password: use at most " + MOST_BYTES + " bytes.");
        }
    }

    private static Places places(int atOnce) {
        return new Places(
                atOnce, Duration.ofSeconds(5), "Too many people sign in at this moment. Try again in a few seconds.");
    }
}
