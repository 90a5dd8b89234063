package io.replyloop.signin;

import io.quarkus.runtime.StartupEvent;
import io.replyloop.identity.AgentView;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.PublicAddress;
import io.replyloop.platform.Sha256;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.Session;

/**
 * Creates the first admin. There is no default password: whoever can read the server's console gets a link that works
 * once, and only while there is no admin.
 */
@ApplicationScoped
public class Setup {
    private final Session database;
    private final Agents agents;
    private final SignInConfig.Setup config;
    private final String address;

    Setup(
            Session database,
            Agents agents,
            SignInConfig config,
            PublicAddress publicAddress,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.database = database;
        this.agents = agents;
        this.config = config.setup();
        this.address = publicAddress.linkBase("http", port);
    }

    /** Runs after the demo accounts have been created, because they include an admin. */
    void offer(@Observes @Priority(3000) StartupEvent start) {
        // Printed to the console rather than the log, which other people may collect and read.
        link().ifPresent(link -> System.out.printf(
                "%n  There is no admin yet. Create the first one here, within %d hours:%n  %s%n%n",
                config.lifetime().toHours(), link));
    }

    /** Creates a link, if one is needed. Links of nodes that start at the same time stay valid. */
    @Transactional
    Optional<String> link() {
        database.createNativeMutationQuery("delete from setup_link where expires_at < :now")
                .setParameter("now", Instant.now())
                .executeUpdate();
        if (agents.hasAdmin()) {
            return Optional.empty();
        }
        SecretToken token = SecretToken.random();
        database.createNativeMutationQuery("insert into setup_link (token_hash, expires_at) values (:hash, :end)")
                .setParameter("hash", token.hash())
                .setParameter("end", Instant.now().plus(config.lifetime()))
                .executeUpdate();
        return Optional.of(address + "/setup?token=" + token.text());
    }

    @Transactional
    void requireUsable(String token) {
        // Check the link first: strangers must not reach the lock that all admins share.
        if (token == null || !isThere(token) || agents.hasAdmin()) {
            throw gone();
        }
    }

    @Transactional
    SignedInAgent makeFirstAdmin(String token, String email, String name, String passwordHash) {
        // Holds the admins' lock, so that the second of two simultaneous requests finds an admin.
        requireUsable(token);
        AgentView made = agents.createFirstAdmin(email, name, passwordHash);
        database.createNativeMutationQuery("update setup_link set used_at = :now where token_hash = :hash")
                .setParameter("now", Instant.now())
                .setParameter("hash", Sha256.of(token))
                .executeUpdate();
        return new SignedInAgent(made.id(), made.email(), made.name(), made.role());
    }

    private boolean isThere(String token) {
        return database.createNativeQuery(
                                "select count(*) from setup_link"
                                        + " where token_hash = :hash and used_at is null and expires_at > :now",
                                Long.class)
                        .setParameter("hash", Sha256.of(token))
                        .setParameter("now", Instant.now())
                        .getSingleResult()
                > 0;
    }

    private static Problem gone() {
        return new Problem(
                ProblemCode.NOT_FOUND,
                "This set-up link is used, too old or not ours. If nobody can administrate, restart the server for a"
                        + " new one.");
    }
}
