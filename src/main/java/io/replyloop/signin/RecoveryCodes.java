package io.replyloop.signin;

import io.replyloop.platform.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.Session;

/**
 * Codes on paper for whoever has lost their authenticator; each counts once. With 80 random bits they need no slow hash.
 */
@ApplicationScoped
class RecoveryCodes {
    static final int HOW_MANY = 10;
    private static final int BYTES = 10;
    private static final Pattern FORMAT = Pattern.compile("[a-z2-7]{16}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Session database;

    RecoveryCodes(Session database) {
        this.database = database;
    }

    /** @param code without spaces and hyphens, in small letters */
    static boolean isOne(String code) {
        return FORMAT.matcher(code).matches();
    }

    /** Replaces all codes of this account. */
    @Transactional
    List<String> renew(UUID account) {
        database.createNativeMutationQuery("delete from recovery_code where account_id = :account")
                .setParameter("account", account)
                .executeUpdate();
        List<String> codes =
                Stream.generate(RecoveryCodes::random).limit(HOW_MANY).toList();
        for (String code : codes) {
            database.createNativeMutationQuery(
                            "insert into recovery_code (code_hash, account_id) values (:hash, :account)")
                    .setParameter("hash", hash(account, code))
                    .setParameter("account", account)
                    .executeUpdate();
        }
        return codes.stream().map(RecoveryCodes::inGroups).toList();
    }

    /** Of two who use a code at the same moment, the second one waits here and finds that it is gone. */
    @Transactional
    boolean use(UUID account, String code) {
        return database.createNativeMutationQuery(
                                "delete from recovery_code where code_hash = :hash and account_id = :account")
                        .setParameter("hash", hash(account, code))
                        .setParameter("account", account)
                        .executeUpdate()
                == 1;
    }

    @Transactional
    long left(UUID account) {
        return database.createNativeQuery("select count(*) from recovery_code where account_id = :account", Long.class)
                .setParameter("account", account)
                .getSingleResult();
    }

    private static String random() {
        byte[] noise = new byte[BYTES];
        RANDOM.nextBytes(noise);
        return OneTimeCodes.base32(noise).toLowerCase(Locale.ROOT);
    }

    private static byte[] hash(UUID account, String code) {
        return Sha256.of(account + code);
    }

    private static String inGroups(String code) {
        return code.replaceAll("(.{4})(?=.)", "$1-");
    }
}
