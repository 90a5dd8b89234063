package io.replyloop.suggestion;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplySearchResourceTest {
    private static final String ADDRESS = "/api/replies/search";

    @Inject
    TestChat chat;

    @Inject
    KnowledgeService knowledge;

    @Inject
    Team team;

    @Test
    void agents_find_published_replies_by_their_words() {
        Team.Member agent = team.newMember(Role.AGENT);
        UUID owls = chat.published("Our owls deliver to Svalbard on Fridays.");
        as(agent)
                .queryParam("q", " owls svalbard ")
                .get(ADDRESS)
                .then()
                .statusCode(200)
                .body("size()", lessThanOrEqualTo(8))
                .body("[0].id", equalTo(owls.toString()))
                .body("[0].text", equalTo("Our owls deliver to Svalbard on Fridays."))
                .body("[0].category", equalTo("tests"));

        knowledge.archive(owls, null);
        as(agent)
                .queryParam("q", "owls svalbard")
                .get(ADDRESS)
                .then()
                .statusCode(200)
                .body("id", not(hasItem(owls.toString())));
    }

    @Test
    void what_a_reply_offers_is_found_with_it() {
        Team.Member agent = team.newMember(Role.AGENT);
        UUID owls = chat.published("Shall an owl bring it to Bergen?");
        as(agent)
                .queryParam("q", "owl bergen")
                .get(ADDRESS)
                .then()
                .body("[0].id", equalTo(owls.toString()))
                .body("[0].choices", nullValue());

        chat.offers(owls, List.of("Yes", "No"));

        as(agent).queryParam("q", "owl bergen").get(ADDRESS).then().body("[0].choices", equalTo(List.of("Yes", "No")));
        knowledge.archive(owls, null);
    }

    @Test
    void what_nobody_has_written_of_is_not_found() {
        Team.Member agent = team.newMember(Role.AGENT);
        chat.published("Our owls deliver to Svalbard on Fridays.");
        as(agent).queryParam("q", "zzzzqqq").get(ADDRESS).then().statusCode(200).body("size()", equalTo(0));
    }

    @Test
    void each_reply_says_its_language_and_that_of_the_reader_may_be_given() {
        Team.Member agent = team.newMember(Role.AGENT);
        UUID owls = chat.published("Our owls deliver to Svalbard on Fridays.");
        for (String language : new String[] {"zh", "en", "", "no language at all"}) {
            as(agent)
                    .queryParam("q", "owls svalbard")
                    .queryParam("language", language)
                    .get(ADDRESS)
                    .then()
                    .statusCode(200)
                    .body("find { it.id == '" + owls + "' }.language", equalTo("en"));
        }
    }

    @Test
    void nothing_and_too_much_is_refused() {
        Team.Member agent = team.newMember(Role.AGENT);
        as(agent).get(ADDRESS).then().statusCode(400).body("code", equalTo("invalid"));
        as(agent).queryParam("q", "  ").get(ADDRESS).then().statusCode(400);
        as(agent).queryParam("q", "x".repeat(201)).get(ADDRESS).then().statusCode(400);
        as(agent).queryParam("q", "x".repeat(200)).get(ADDRESS).then().statusCode(200);
    }

    @Test
    void only_the_team_searches() {
        nobody().queryParam("q", "owls").get(ADDRESS).then().statusCode(401);
        as(team.newMember(Role.ADMIN))
                .queryParam("q", "owls")
                .get(ADDRESS)
                .then()
                .statusCode(200);
    }
}
