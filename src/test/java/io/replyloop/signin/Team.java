package io.replyloop.signin;

import static io.restassured.RestAssured.given;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.replyloop.identity.AgentView;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.Session;

/** People of the team for tests: real accounts with real sessions. */
@ApplicationScoped
public class Team {
    public static final String PASSWORD = "correct horse battery";
    public static final String SESSION_COOKIE = SessionCookie.NAME;

    public record Member(SignedInAgent agent, String cookie) {}

    private final Agents agents;
    private final Sessions sessions;
    private final Setup setup;
    private final Session database;

    Team(Agents agents, Sessions sessions, Setup setup, Session database) {
        this.agents = agents;
        this.sessions = sessions;
        this.setup = setup;
        this.database = database;
    }

    public Member newMember(Role role) {
        return newMember("Somebody", role);
    }

    public Member newMember(String name, Role role) {
        String email = UUID.randomUUID() + "@team.example";
        AgentView made = agents.create(email, name, role, agents.hash(PASSWORD));
        return new Member(
                agents.byId(made.id()),
                sessions.open(agents.byId(made.id()), SessionDevice.UNKNOWN).text());
    }

    /** The same member in another browser. */
    public Member again(Member member) {
        return new Member(
                member.agent(),
                sessions.open(member.agent(), SessionDevice.UNKNOWN).text());
    }

    /** The token of a set-up link, which there is only once nobody can administrate any more. */
    public String setupToken() {
        sql("update agent_account set active = false where role = :value", "admin");
        String link = setup.link().orElseThrow();
        return link.substring(link.indexOf('=') + 1);
    }

    public static String sessionOf(Member member) {
        return SecretToken.nameOf(member.cookie());
    }

    /** A request of this member, as the pages make it. */
    public static RequestSpecification as(Member member) {
        return given().cookie(SessionCookie.NAME, member.cookie()).contentType(ContentType.JSON);
    }

    public static RequestSpecification nobody() {
        return given().contentType(ContentType.JSON);
    }

    public long count(String statement, Object value) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(statement, Long.class)
                        .setParameter("value", value)
                        .getSingleResult());
    }

    public String text(String statement, Object value) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(statement, String.class)
                        .setParameter("value", value)
                        .getSingleResult());
    }

    public void sql(String statement, Object value) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(statement)
                        .setParameter("value", value)
                        .executeUpdate());
    }
}
