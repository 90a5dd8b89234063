package io.replyloop.webhooks;

import static io.replyloop.signin.Team.as;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.replyloop.webhooks.DeliveryQueue.Due;
import io.replyloop.webhooks.TestReceiver.Received;
import io.replyloop.webhooks.WebhookTesting.Hook;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every event arrives, at least once, and in the order of its conversation, whatever happens on the way. */
@QuarkusTest
class WebhookDeliveryTest {
    @Inject
    WebhookTesting webhooks;

    @Inject
    ConversationService conversations;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    @Inject
    DeliveryQueue queue;

    @Inject
    WebhookClient client;

    @Inject
    WebhooksConfig config;

    private TestReceiver receiver;

    @BeforeEach
    void setUp() throws IOException {
        receiver = new TestReceiver();
    }

    @AfterEach
    void tearDown() {
        webhooks.tearDown();
        receiver.close();
    }

    private Hook messages() {
        return webhooks.make(receiver.url(), "full", EventType.MESSAGE_CREATED);
    }

    private UUID says(CustomerIdentity customer, String text) {
        return conversations
                .customerMessage(customer, UUID.randomUUID(), text)
                .event()
                .conversation();
    }

    private static List<String> textsOf(List<Received> some, UUID conversation) {
        return some.stream()
                .filter(one -> one.conversation().equals(conversation.toString()))
                .map(one -> one.body().path("data").path("text").asText())
                .toList();
    }

    @Test
    void with_two_nodes_and_a_receiver_that_fails_at_random_nothing_is_lost_or_out_of_order() throws Exception {
        Hook hook = messages();
        DeliveryWorker other = new DeliveryWorker(queue, client, config, new SimpleMeterRegistry());
        other.start();
        Random random = new Random(11);
        receiver.answers((request, received) -> {
            boolean fails;
            synchronized (random) {
                fails = random.nextInt(4) == 0;
            }
            request.sendResponseHeaders(fails ? 500 : 200, -1);
        });
        List<CustomerIdentity> customers =
                LongStream.range(0, 12).mapToObj(number -> chat.customer()).toList();
        for (int message = 1; message <= 5; message++) {
            for (CustomerIdentity customer : customers) {
                says(customer, "Message " + message);
                other.wake();
            }
            if (message == 3) {
                receiver.stop();
            } else if (message == 5) {
                receiver.start();
            }
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> receiver.first().size() == 60 && waiting(hook) == 0);
        other.stop();

        Map<String, List<Long>> arrived = receiver.first().stream()
                .collect(groupingBy(Received::conversation, mapping(Received::sequence, toList())));
        assertThat(arrived).hasSize(12);
        assertThat(arrived.values()).containsOnly(List.of(1L, 2L, 3L, 4L, 5L));
        // What comes again is known by its id, and is the same to the byte.
        receiver.all().stream()
                .collect(groupingBy(Received::id))
                .values()
                .forEach(repeats -> assertThat(
                                repeats.stream().map(Received::text).distinct())
                        .hasSize(1));
        assertThat(webhooks.state(hook)).isEqualTo(WebhookView.State.DELIVERING);
    }

    private long waiting(Hook hook) {
        return team.count(
                "select count(*) from webhook_delivery where state = 'waiting' and webhook_id = cast(:value as uuid)",
                hook.id().toString());
    }

    @Test
    void a_conversation_that_fails_holds_up_no_other_and_keeps_its_order() {
        CustomerIdentity unlucky = chat.customer();
        CountDownLatch mended = new CountDownLatch(1);
        receiver.answers((request, received) -> {
            boolean fails = received.text().contains("Poison") && mended.getCount() > 0;
            request.sendResponseHeaders(fails ? 500 : 204, -1);
        });
        messages();
        UUID failing = says(unlucky, "Poison");
        says(unlucky, "After it");
        UUID fine = says(chat.customer(), "Hello");
        await().until(() -> textsOf(receiver.all(), failing).size() > 2);
        assertThat(textsOf(receiver.all(), failing)).containsOnly("Poison");
        assertThat(textsOf(receiver.all(), fine)).containsExactly("Hello");
        mended.countDown();
        await().until(() -> textsOf(receiver.first(), failing).size() == 2);
        assertThat(textsOf(receiver.first(), failing)).containsExactly("Poison", "After it");
    }

    @Test
    void a_receiver_that_hangs_holds_up_no_other() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        receiver.answers((request, received) -> {
            try {
                end.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
        messages();
        try (TestReceiver other = new TestReceiver()) {
            webhooks.make(other.url(), "none", EventType.MESSAGE_CREATED);
            for (int customer = 0; customer < 10; customer++) {
                says(chat.customer(), "Hello");
            }
            await().until(() -> other.first().size() == 10);
            assertThat(receiver.all()).hasSizeLessThanOrEqualTo(config.atATime() * 2);
        } finally {
            end.countDown();
        }
    }

    @Test
    void what_is_rolled_back_was_never_told() {
        Hook hook = messages();
        CustomerIdentity customer = chat.customer();
        QuarkusTransaction.begin();
        says(customer, "Never said");
        QuarkusTransaction.rollback();
        UUID conversation = says(customer, "Said");
        await().until(() -> !receiver.all().isEmpty());
        assertThat(textsOf(receiver.all(), conversation)).containsExactly("Said");
        assertThat(receiver.all().get(0).sequence()).isEqualTo(1);
        assertThat(webhooks.deliveries(hook, "state")).containsExactly("delivered");
    }

    @Test
    void what_a_node_had_in_hand_when_it_died_is_sent_by_another_and_the_dead_one_changes_nothing() {
        receiver.answers(TestReceiver.status(500));
        Hook hook = messages();
        says(chat.customer(), "Hello");
        // Takes it out of the hands of the running node, between two of its tries.
        List<Due> claimed = await().until(
                        () -> {
                            team.sql(
                                    "update webhook_stream set next_at = now() - interval '1 s'"
                                            + " where claim is null and webhook_id = cast(:value as uuid)",
                                    hook.id().toString());
                            return queue.claim(hook.id(), 1);
                        },
                        some -> !some.isEmpty());
        Due late = claimed.get(0);
        int before = receiver.all().size();
        receiver.answers(TestReceiver.status(200));
        assertThat(webhooks.deliveries(hook, "state")).containsExactly("waiting");

        team.sql(
                "update webhook_stream set next_at = now() where webhook_id = cast(:value as uuid)",
                hook.id().toString());
        await().until(() -> webhooks.deliveries(hook, "state").equals(List.of("delivered")));
        assertThat(receiver.all()).hasSize(before + 1);
        assertThat(receiver.first()).hasSize(1);

        Answer failure = new Answer(500, Failure.STATUS, null, 5, null);
        assertThat(queue.settle(late, failure, true).state()).isNull();
        assertThat(webhooks.deliveries(hook, "state")).containsExactly("delivered");
    }

    @Test
    void after_a_day_an_event_is_a_dead_letter_the_later_ones_go_on_and_it_can_be_sent_again() {
        receiver.answers(TestReceiver.status(500));
        Hook hook = messages();
        CustomerIdentity customer = chat.customer();
        UUID conversation = says(customer, "First");
        await().until(() -> !receiver.all().isEmpty());
        team.sql(
                "update webhook_delivery set since = now() - interval '25 hours'"
                        + " where webhook_id = cast(:value as uuid)",
                hook.id().toString());
        await().until(() -> webhooks.deliveries(hook, "state").equals(List.of("dead")));
        String id = webhooks.deliveries(hook, "id").get(0);

        receiver.answers(TestReceiver.status(200));
        says(customer, "Second");
        await().until(() -> webhooks.deliveries(hook, "state").equals(List.of("delivered", "dead")));
        assertThat(textsOf(receiver.all(), conversation)).endsWith("First", "Second");

        as(webhooks.admin())
                .post(hook.address() + "/deliveries/" + id + "/repeat")
                .then()
                .statusCode(200)
                .body("delivery.id", equalTo(id));
        await().until(() -> webhooks.deliveries(hook, "state").equals(List.of("delivered", "delivered")));
        Received last = receiver.all().get(receiver.all().size() - 1);
        assertThat(last.id()).isEqualTo(id);
        assertThat(last.sequence()).isEqualTo(1);
    }

    @Test
    void all_dead_letters_are_sent_again_in_their_order() {
        receiver.answers(TestReceiver.status(410));
        Hook hook = messages();
        CustomerIdentity customer = chat.customer();
        UUID conversation = says(customer, "First");
        says(customer, "Second");
        says(customer, "Third");
        await().until(() -> webhooks.deliveries(hook, "state").equals(List.of("dead", "dead", "dead")));
        as(webhooks.admin())
                .post(hook.address() + "/test")
                .then()
                .statusCode(200)
                .body("failure", equalTo("gone"));
        int before = receiver.all().size();
        receiver.answers(TestReceiver.status(200));
        as(webhooks.admin())
                .post(hook.address() + "/repeat-dead")
                .then()
                .statusCode(200)
                .body("repeated", equalTo(3));
        await().until(() -> receiver.all().size() == before + 3);
        assertThat(textsOf(receiver.all(), conversation))
                .containsExactly("First", "Second", "Third", "First", "Second", "Third");
    }

    @Test
    void a_receiver_that_is_back_gets_what_waits_at_once_however_far_off_the_next_try_was() {
        receiver.answers(TestReceiver.status(500));
        Hook hook = messages();
        says(chat.customer(), "Hello");
        await().until(() -> !receiver.all().isEmpty());
        // As after hours: it has been down for a while, and the conversation is tried far in the future.
        await().until(() -> {
            team.sql(
                    "update webhook_stream set next_at = now() + interval '8 hours'"
                            + " where claim is null and webhook_id = cast(:value as uuid)",
                    hook.id().toString());
            return team.count(
                            "select count(*) from webhook_stream where next_at > now() + interval '1 hour'"
                                    + " and webhook_id = cast(:value as uuid)",
                            hook.id().toString())
                    == 1;
        });
        receiver.answers(TestReceiver.status(200));
        team.sql(
                "update webhook set failing_since = now() - interval '10 minutes' where id = cast(:value as uuid)",
                hook.id().toString());
        assertThat(webhooks.state(hook)).isEqualTo(WebhookView.State.FAILING);
        says(chat.customer(), "Anybody there?");
        await().until(() -> webhooks.deliveries(hook, "state").equals(List.of("delivered", "delivered")));
        assertThat(webhooks.state(hook)).isEqualTo(WebhookView.State.DELIVERING);
    }

    @Test
    void a_webhook_that_an_admin_mends_or_switches_on_is_tried_at_once() {
        receiver.answers(TestReceiver.status(500));
        Hook hook = messages();
        says(chat.customer(), "Hello");
        for (boolean enabled : new boolean[] {false, true}) {
            if (enabled) {
                receiver.answers(TestReceiver.status(200));
            }
            await().until(() -> {
                team.sql(
                        "update webhook_stream set next_at = now() + interval '8 hours'"
                                + " where claim is null and webhook_id = cast(:value as uuid)",
                        hook.id().toString());
                return team.count(
                                "select count(*) from webhook_stream where next_at > now() + interval '1 hour'"
                                        + " and webhook_id = cast(:value as uuid)",
                                hook.id().toString())
                        == 1;
            });
            Map<String, Object> settings =
                    new HashMap<>(WebhookTesting.settings(receiver.url(), "full", EventType.MESSAGE_CREATED));
            settings.put("enabled", enabled);
            as(webhooks.admin()).body(settings).put(hook.address()).then().statusCode(200);
        }
        await().until(() -> webhooks.deliveries(hook, "state").equals(List.of("delivered")));
    }

    @Test
    void webhooks_that_hang_leave_connections_to_the_same_server_for_another_one() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        int hanging = 3 * config.atATime();
        CountDownLatch here = new CountDownLatch(hanging);
        receiver.answers((request, received) -> {
            if (received.text().contains("hang")) {
                here.countDown();
                try {
                    over.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }
            request.sendResponseHeaders(204, -1);
        });
        ExecutorService threads = Executors.newFixedThreadPool(hanging);
        try {
            for (int number = 0; number < hanging; number++) {
                threads.execute(() -> client.send(sending("hang")));
            }
            assertThat(here.await(10, TimeUnit.SECONDS))
                    .as("all are at the server")
                    .isTrue();
            assertThat(client.send(sending("go")).delivered()).isTrue();
        } finally {
            over.countDown();
            threads.shutdown();
        }
    }

    private Sending sending(String what) {
        return new Sending(
                UUID.randomUUID(), receiver.url(), "{\"what\":\"" + what + "\"}", List.of(WebhookSecret.random()));
    }
}
