package io.replyloop.signin;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.replyloop.identity.AgentView;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Accounts with a publicly known password, created in the profile {@code demo} only. If the database of a demo is
 * started in production, under any other profile, they are locked.
 */
@ApplicationScoped
class DemoAccounts {
    static final String PASSWORD = "replyloop-demo";

    private static final Logger LOG = Logger.getLogger(DemoAccounts.class);

    record DemoAccount(String email, String name, Role role) {}

    static final List<DemoAccount> ACCOUNTS = List.of(
            new DemoAccount("admin@demo.example", "Admin", Role.ADMIN),
            new DemoAccount("anna@demo.example", "Anna", Role.AGENT),
            new DemoAccount("ben@demo.example", "Ben", Role.AGENT));

    private final Agents agents;

    DemoAccounts(Agents agents) {
        this.agents = agents;
    }

    void prepare(@Observes @Priority(2000) StartupEvent start) {
        prepare(ConfigUtils.getProfiles());
    }

    void prepare(Collection<String> profiles) {
        if (profiles.contains("demo")) {
            create();
        } else if (!profiles.contains("dev") && !profiles.contains("test")) {
            lock();
        }
    }

    void create() {
        Map<String, AgentView> there = byEmail();
        for (DemoAccount account : ACCOUNTS) {
            if (!there.containsKey(account.email())) {
                agents.create(account.email(), account.name(), account.role(), agents.hash(PASSWORD));
            }
        }
    }

    void lock() {
        Map<String, AgentView> there = byEmail();
        for (DemoAccount account : ACCOUNTS) {
            AgentView view = there.get(account.email());
            if (view != null && view.active()) {
                agents.deactivate(view.id());
                LOG.warnf("Locked the demo account %s: this server does not run as a demo.", account.email());
            }
        }
    }

    private Map<String, AgentView> byEmail() {
        return agents.list().stream().collect(Collectors.toMap(AgentView::email, Function.identity()));
    }
}
