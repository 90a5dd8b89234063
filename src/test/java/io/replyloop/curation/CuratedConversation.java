package io.replyloop.curation;

import static io.replyloop.signin.Team.as;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.replyloop.dataset.DatasetService;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.DecisionMemory;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.PublishedReplies;
import io.replyloop.knowledge.RememberedDecision;
import io.replyloop.retrieval.Retrieval;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A question that one reply answered while another was passed over, and what an admin does about it. */
abstract class CuratedConversation {
    static final String SENT = "A parcel to Zanzibar travels for twelve days.";
    static final String PASSED_OVER = "Please tell us your order number.";

    @Inject
    FeedbackService feedback;

    @Inject
    KnowledgeService knowledge;

    @Inject
    DecisionMemory memory;

    @Inject
    DatasetService datasets;

    @Inject
    Retrieval retrieval;

    @Inject
    Session session;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    Team.Member admin;
    Team.Member agent;
    UUID sent;
    UUID passedOver;
    UUID third;
    UUID conversation;
    UUID impression;
    UUID decision;
    String question;

    @BeforeEach
    void aQuestionThatOneReplyAnswered() {
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
        passedOver = chat.published(PASSED_OVER);
        sent = chat.published(SENT);
        third = chat.published("You can pay by invoice.");
        // Letters alone: what a search takes for a number is another matter.
        question = "Where is my parcel " + UUID.randomUUID().toString().replaceAll("[-0-9]", "") + "qx?";
        conversation = chat.silentConversation(question);
        impression = chat.impression(conversation, List.of(passedOver, sent), List.of());
        decision = UUID.randomUUID();
        feedback.send(agent.agent(), conversation, decision, SENT, impression, sent, null);
    }

    @AfterEach
    void nothingStaysPublished() {
        PublishedReplies.archiveAll(knowledge);
    }

    int found(String address) {
        return as(admin)
                .get(address)
                .then()
                .statusCode(200)
                .extract()
                .as(JsonNode.class)
                .path("items")
                .size();
    }

    List<Integer> ids() {
        return as(admin).get("/api/examples?conversation=" + conversation).path("items.id");
    }

    String address(UUID reply) {
        JsonNode found = as(admin)
                .get("/api/examples?conversation=" + conversation + "&reply=" + reply)
                .as(JsonNode.class);
        return "/api/examples/" + found.at("/items/0/id").longValue();
    }

    Response example(UUID reply) {
        return as(admin).get(address(reply));
    }

    Map<String, Object> correction(UUID reply, String verdict) {
        Map<String, Object> correction = new HashMap<>();
        correction.put("verdict", verdict);
        correction.put("version", example(reply).path("version"));
        return correction;
    }

    Response correct(UUID reply, String verdict) {
        return as(admin).body(correction(reply, verdict)).put(address(reply) + "/label");
    }

    Response exclude(boolean excluded, UUID... replies) {
        List<Integer> ids = List.of(replies).stream()
                .map(reply -> example(reply).<Integer>path("id"))
                .toList();
        return as(admin).body(Map.of("examples", ids, "excluded", excluded)).post("/api/examples/exclusions");
    }

    String act(Response done, UUID reply) {
        done.then().statusCode(200);
        return as(admin).get(address(reply) + "/acts").path("[0].act");
    }

    Response undo(Team.Member member, String act) {
        return as(member).post("/api/examples/acts/" + act + "/undo");
    }

    Response undoNewest(UUID reply) {
        return undo(admin, as(admin).get(address(reply) + "/acts").path("[0].act"));
    }

    RememberedDecision memoryOfDecision() {
        return QuarkusTransaction.requiringNew().call(() -> memory.of(decision));
    }

    /** How strongly answered questions speak for the reply to the same question. */
    double remembered(UUID reply) {
        return retrieval.candidates("- " + question, question).candidates().stream()
                .filter(candidate -> candidate.reply().equals(reply))
                .mapToDouble(candidate -> candidate.evidence().memory())
                .findFirst()
                .orElse(0);
    }
}
