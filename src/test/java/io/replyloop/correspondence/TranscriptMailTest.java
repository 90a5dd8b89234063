package io.replyloop.correspondence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.attachment.AttachmentPeople;
import io.replyloop.mail.PostOffice;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A customer's own conversation by mail. */
@QuarkusTest
class TranscriptMailTest extends AnsweredCustomer {
    @Inject
    TranscriptMails transcripts;

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

    @Test
    void those_who_ask_at_the_same_moment_get_no_more_together_than_one_after_the_other() throws Exception {
        answers("Tomorrow.");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> asked = new ArrayList<>();
            for (int number = 0; number < 8; number++) {
                String to = UUID.randomUUID() + "@home.example";
                asked.add(threads.submit(() -> isSent(to)));
            }
            int sent = 0;
            for (Future<Boolean> one : asked) {
                sent += one.get() ? 1 : 0;
            }
            assertThat(sent).isEqualTo(3);
        } finally {
            threads.shutdown();
        }
    }

    private boolean isSent(String to) {
        try {
            transcripts.send(customer, conversation, to, ZoneOffset.UTC, "en");
            return true;
        } catch (Problem refused) {
            assertThat(refused.code()).isEqualTo(ProblemCode.RATE_LIMITED);
            return false;
        }
    }
}
