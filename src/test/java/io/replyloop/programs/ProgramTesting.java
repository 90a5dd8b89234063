package io.replyloop.programs;

import static io.restassured.RestAssured.given;

import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Tokens for tests, made as an admin makes them. */
@ApplicationScoped
public class ProgramTesting {
    public record Token(String id, String secret) {}

    private final Team team;
    private final ProgramTokens tokens;

    ProgramTesting(Team team, ProgramTokens tokens) {
        this.team = team;
        this.tokens = tokens;
    }

    public Token token(Scope... scopes) {
        return tokenBy(team.newMember(Role.ADMIN), scopes);
    }

    public Token tokenBy(Team.Member admin, Scope... scopes) {
        ProgramTokens.Made made = tokens.create(admin.agent(), "Program", Set.of(scopes), null);
        return new Token(made.token().id().toString(), made.secret());
    }

    public RequestSpecification bearer(Token token) {
        return given().header("Authorization", "Bearer " + token.secret()).contentType(ContentType.JSON);
    }

    /** A request with a new token. */
    public RequestSpecification bearer(Scope... scopes) {
        return bearer(token(scopes));
    }
}
