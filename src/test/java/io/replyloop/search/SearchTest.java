package io.replyloop.search;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationErasures;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.People;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SearchTest {
    @Inject
    ConversationService conversations;

    @Inject
    ConversationErasures erasures;

    @Inject
    MessageIndex index;

    @Inject
    People people;

    @Inject
    Team team;

    @Inject
    EntityManager database;

    /** A word of this test alone, since all tests write into one database. */
    private final String own = "word" + UUID.randomUUID().toString().replaceAll("[^a-z]", "") + "x";

    private Team.Member agent;

    @BeforeEach
    void signIn() {
        agent = team.newMember(Role.AGENT);
    }

    private UUID asks(String name, String text) {
        return asks(people.customer(name), text);
    }

    private UUID asks(CustomerIdentity customer, String text) {
        return conversations
                .customerMessage(customer, UUID.randomUUID(), text)
                .event()
                .conversation();
    }

    private JsonPath found(Map<String, Object> query) {
        return as(agent)
                .queryParams(query)
                .get("/api/search")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private List<String> excerpts(String words) {
        return found(Map.of("q", words)).getList("items.excerpt");
    }

    private void settle(String words, int count) {
        await().until(() -> excerpts(words).size() == count);
    }

    @Test
    void a_message_is_found_a_moment_after_it_was_stored_with_what_it_belongs_to() {
        UUID conversation = asks("Wei", "My parcels " + own + " 还没有到");
        settle(own + " parcel", 1);

        JsonPath hit = found(Map.of("q", own + " parcel"));

        assertThat(hit.getString("items[0].conversation.id")).isEqualTo(conversation.toString());
        assertThat(hit.getString("items[0].conversation.customer.name")).isEqualTo("Wei");
        assertThat(hit.getInt("items[0].sequence")).isEqualTo(1);
        assertThat(hit.getList("items[0].marks.from")).containsExactly(3, 11);
        assertThat(excerpts(own + " 没有")).hasSize(1);
        assertThat(excerpts(own + " 有没")).isEmpty();
    }

    @Test
    void customers_the_team_and_notes_are_told_apart() {
        UUID conversation = asks("Kim", own + " asked");
        conversations.agentMessage(agent.agent(), conversation, UUID.randomUUID(), own + " answered", null);
        conversations.note(agent.agent(), conversation, UUID.randomUUID(), own + " noted");
        settle(own, 3);

        for (Map.Entry<String, String> one :
                Map.of("customer", "asked", "team", "answered", "note", "noted").entrySet()) {
            assertThat(found(Map.of("q", own, "source", one.getKey())).<String>getList("items.excerpt"))
                    .containsExactly(own + " " + one.getValue());
        }
        assertThat(excerpts(own)).containsExactly(own + " noted", own + " answered", own + " asked");
    }

    @Test
    void pages_have_everything_once_the_newest_first() {
        CustomerIdentity customer = people.customer("Ada");
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            written.add(0, own + " number " + i);
            asks(customer, written.get(0));
        }
        settle(own, 7);

        List<String> read = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page =
                    found(next.isEmpty() ? Map.of("q", own, "limit", 3) : Map.of("q", own, "limit", 3, "cursor", next));
            read.addAll(page.getList("items.excerpt"));
            next = page.getString("next");
        }
        assertThat(read).isEqualTo(written);
    }

    @Test
    void a_period_ends_before_its_last_moment() {
        asks("Ada", own);
        settle(own, 1);
        String at = found(Map.of("q", own)).getString("items[0].at");

        assertThat(found(Map.of("q", own, "from", at)).getList("items")).hasSize(1);
        assertThat(found(Map.of("q", own, "to", at)).getList("items")).isEmpty();
    }

    @Test
    void a_customer_is_found_by_the_beginnings_of_name_and_address() {
        CustomerIdentity nameless = people.customer(null);
        asks(
                new CustomerIdentity(nameless.id(), nameless.siteId(), own + " Müller", own + "@example.org", null),
                "Hello");

        assertThat(found(Map.of("q", own.substring(0, own.length() - 1) + " MÜ"))
                        .<String>getList("customers.customer.name"))
                .containsExactly(own + " Müller");
        assertThat(found(Map.of("q", own + "@exam")).getList("customers")).hasSize(1);
        assertThat(found(Map.of("q", own + "@exam")).getList("items")).isEmpty();
        asks(people.customer("Pat O'" + own), "Hello");
        assertThat(found(Map.of("q", "pat o'" + own)).<String>getList("customers.customer.name"))
                .containsExactly("Pat O'" + own);
    }

    @Test
    void what_was_erased_is_not_found() {
        UUID conversation = asks("Ada", own);
        settle(own, 1);

        erasures.erase(conversation);

        assertThat(excerpts(own)).isEmpty();
    }

    @Test
    void messages_from_before_and_those_that_a_node_could_not_add_are_added_later() {
        asks("Ada", own);
        settle(own, 1);
        for (String progress : List.of("null", "now() - interval '3 hours'")) {
            QuarkusTransaction.requiringNew().run(() -> {
                database.createNativeQuery("delete from searchable_message").executeUpdate();
                database.createNativeQuery(
                                "update search_progress set conversation_id = null, finished_at = " + progress)
                        .executeUpdate();
            });

            assertThat(excerpts(own)).isEmpty();
            assertThat(found(Map.of("q", own)).getBoolean("complete")).isEqualTo(!progress.equals("null"));
            await().until(() ->
                    !index.catchUp() && index.isComplete() && excerpts(own).size() == 1);
        }
    }

    /** It stands in a conversation that was read already, and its node has ended before it could add it. */
    @Test
    void a_message_that_was_lost_while_those_from_before_were_read_is_added_later() {
        asks("Ada", own);
        settle(own, 1);
        QuarkusTransaction.requiringNew().run(() -> {
            database.createNativeQuery("delete from searchable_message").executeUpdate();
            database.createNativeQuery("update search_progress set finished_at = null, began_at = now() - interval"
                            + " '30 minutes', conversation_id = 'ffffffff-ffff-ffff-ffff-ffffffffffff', sequence = 1")
                    .executeUpdate();
        });

        await().until(() ->
                !index.catchUp() && index.isComplete() && excerpts(own).size() == 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=",
                "q=%20",
                "q=%3F%21",
                "q=a&source=everybody",
                "q=a&from=yesterday",
                "q=a&cursor=bm9uc2Vuc2U",
                "q=a&limit=0",
                "q=a&limit=100000"
            })
    void what_makes_no_sense_is_refused_with_a_reason(String query) {
        assertThat(as(agent)
                        .urlEncodingEnabled(false)
                        .get("/api/search?" + query)
                        .then()
                        .statusCode(400)
                        .extract()
                        .jsonPath()
                        .getString("detail"))
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'", "\\", "a' & b", "'); drop table conversation; --", "a:*|b", "<->", "\u0000a", "a\u0000b"})
    void signs_of_other_languages_are_text(String words) {
        int status = as(agent).queryParam("q", words).get("/api/search").statusCode();

        boolean hasWord = words.matches(".*[a-z].*") && words.indexOf(0) < 0;
        assertThat(status).isEqualTo(hasWord ? 200 : 400);
    }

    @Test
    void only_agents_and_admins_search() {
        nobody().get("/api/search?q=a").then().statusCode(401);
        as(team.newMember(Role.ADMIN)).get("/api/search?q=a").then().statusCode(200);
    }
}
