package io.replyloop.signin;

import io.quarkus.runtime.StartupEvent;
import io.replyloop.identity.AgentView;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.PublicAddress;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.Session;

/**
 * The first admin. There is no default password: whoever can read the server's console gets a link that works once, and
 * only as long as nobody can administrate.
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

    /** After the demo's accounts: where those are, there is an admin. */
    void offer(@Observes @Priority(3000) StartupEvent start) {
        // To the console and not to the log, which other people may collect and read.
        link().ifPresent(link -> System.out.printf(
                "%n  Nobody can administrate yet. Make the first admin here, within %d hours:%n  %s%n%n",
                config.lifetime().toHours(), link));
    }

    /** A new link, if one is needed. Links of other nodes that start at the same time stay good. */
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
        // The link first: strangers must not get as far as the lock that all admins share.
        if (token == null || !isThere(token) || agents.hasAdmin()) {
            throw gone();
        }
    }

    @Transactional
    SignedInAgent makeFirstAdmin(String token, String email, String name, String passwordHash) {
        // Holds the lock of the admins, so that of two at once the second finds one.
        requireUsable(token);
        AgentView made = agents.createFirstAdmin(email, name, passwordHash);
        database.createNativeMutationQuery("update setup_link set used_at = :now where token_hash = :hash")
                .setParameter("now", Instant.now())
                .setParameter("hash", SecretToken.sha256(token))
                .executeUpdate();
        return new SignedInAgent(made.id(), made.email(), made.name(), made.role());
    }

    private boolean isThere(String token) {
        return database.createNativeQuery(
                                "select count(*) from setup_link"
                                        + " where token_hash = :hash and used_at is null and expires_at > :now",
                                Long.class)
                        .setParameter("hash", SecretToken.sha256(token))
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
