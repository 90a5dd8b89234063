package io.replyloop.correspondence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.attachment.AttachmentPeople;
import io.replyloop.mail.PostOffice;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A customer's own conversation by mail. */
@QuarkusTest
class TranscriptMailTest extends AnsweredCustomer {
    private Response mails(AttachmentPeople.Visitor who, String to) {
        return who.request()
                .header("X-Replyloop", "1")
                .header("Accept-Language", "zh")
                .contentType(ContentType.JSON)
                .body(Map.of("email", to, "zone", "Asia/Shanghai"))
                .post("/api/customer/conversations/" + conversation + "/mail");
    }

    @Test
    void customers_have_their_own_conversation_mailed_once_it_is_answered_and_not_too_often() {
        String to = UUID.randomUUID() + "@home.example";
        mails(visitor, to).then().statusCode(409);
        answers("Tomorrow.");
        conversations.note(agent.agent(), conversation, UUID.randomUUID(), "Internal: a difficult customer");
        try (PostOffice office = PostOffice.open()) {
            mails(visitor, to).then().statusCode(204);
            String text = PostOffice.text(office.awaitTo(to));
            assertThat(text)
                    .contains("Asia/Shanghai", "您，", "Where is my kite?", "Ada，", "Tomorrow.")
                    .doesNotContain("difficult");
        }
        mails(people.visitor(), to).then().statusCode(404);
        mails(visitor, "kim@home.example\nBcc: all@home.example").then().statusCode(400);
        mails(visitor, "nobody").then().statusCode(400);
        mails(visitor, to).then().statusCode(204);
        mails(visitor, to).then().statusCode(204);
        mails(visitor, to).then().statusCode(429);
        given().contentType(ContentType.JSON)
                .body(Map.of("email", to))
                .post("/api/customer/conversations/" + conversation + "/mail")
                .then()
                .statusCode(401);
        visitor.request()
                .get("/api/customer/conversations/" + conversation + "/mail")
                .then()
                .body("email", equalTo(email));
    }
}
