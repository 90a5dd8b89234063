package io.replyloop.attachment;

import static io.restassured.RestAssured.given;

import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerTokens;
import io.replyloop.signin.Team;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.Sites;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Customers with tokens and agents with sessions, who upload files over HTTP as the pages do. */
@ApplicationScoped
public class AttachmentPeople {
    private static final String BINARY = "application/octet-stream";

    private final Sites sites;
    private final CustomerTokens tokens;

    AttachmentPeople(Sites sites, CustomerTokens tokens) {
        this.sites = sites;
        this.tokens = tokens;
    }

    public record Visitor(String token, CustomerIdentity identity) {
        public RequestSpecification request() {
            return given().header("Authorization", "Bearer " + token);
        }

        public Response uploads(UUID id, String name, byte[] contents) {
            return request()
                    .contentType(BINARY)
                    .queryParam("id", id)
                    .queryParam("name", name)
                    .body(contents)
                    .post("/api/attachments");
        }
    }

    public Visitor visitor() {
        String key = sites.create(new SiteSettings("Shop", List.of(), null, "", "", false))
                .key();
        String token = tokens.issue(key, null, null).token();
        return new Visitor(token, tokens.pass(token).customer());
    }

    /** A statement that stores an unsent file without contents, with a name as its value. */
    public static String fileOf(UUID customer) {
        return "insert into attachment (id, sender_kind, sender_id, customer_id, name, type, size, state)"
                + " values (gen_random_uuid(), 'customer', '" + customer + "', '" + customer
                + "', :value, 'text/plain', 1, 'ready')";
    }

    public static RequestSpecification as(Team.Member member) {
        return given().cookie("replyloop_session", member.cookie()).header("X-Replyloop", "1");
    }

    public static Response uploads(Team.Member member, UUID conversation, UUID id, String name, byte[] contents) {
        return as(member)
                .contentType(BINARY)
                .queryParam("id", id)
                .queryParam("name", name)
                .queryParam("conversation", conversation)
                .body(contents)
                .post("/api/attachments");
    }
}
