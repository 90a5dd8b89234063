package io.replyloop.demo;

import io.quarkus.runtime.ShutdownEvent;
import io.replyloop.conversation.ConversationService;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few customers of the demo shop, one after the other, each with one question. Their messages are stored like those of
 * any customer, so that all that follows is what follows: the inbox, suggestions, the queue.
 */
@Singleton
class DemoCustomers {
    static final int AT_ONCE = 4;

    /** Until the next start: whoever keeps the button pressed does not fill the database. */
    private static final int MOST = 400;

    private static final String SITE = "demo";
    private static final Duration BETWEEN = Duration.ofMillis(1_500);

    /** Most have a reply in the demo's knowledge base, some have none. */
    private static final List<String> QUESTIONS = List.of(
            "Hello! My parcel should have been here three days ago. Where is it?",
            "你好，鞋子太小了，可以换大一码吗？",
            "Can I still change the delivery address of my order?",
            "Do you sharpen kitchen knives as well?",
            "How long does a refund take? I sent the jacket back last week.",
            "请问可以开发票吗？",
            "My card was declined twice, what else can I pay with?",
            "冲锋衣可以机洗吗？",
            "The jumper arrived with a hole in the sleeve.",
            "退款什么时候到账？",
            "Do you ship to Norway, and what does it cost?",
            "你们在杭州有实体店可以试穿吗？");

    private final Sites sites;
    private final ConversationService conversations;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.inTheBackground("demo-customers"));
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger expected = new AtomicInteger();

    DemoCustomers(Sites sites, ConversationService conversations) {
        this.sites = sites;
        this.conversations = conversations;
    }

    void atEnd(@Observes ShutdownEvent event) {
        DaemonThreads.end(thread);
    }

    /** Has them come one after the other; false while some are still on their way, or when enough have come. */
    boolean come() {
        if (all.get() >= MOST || !expected.compareAndSet(0, AT_ONCE)) {
            return false;
        }
        for (int i = 0; i < AT_ONCE; i++) {
            thread.schedule(this::comes, i * BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private void comes() {
        try {
            ask();
        } catch (RuntimeException failure) {
            // The others come all the same.
            if (!DatabaseAway.causedBy(failure)) {
                ProblemMappers.logged(failure);
            }
        } finally {
            expected.decrementAndGet();
        }
    }

    /** @return the conversation that begins; empty where the demo's shop has been taken away */
    Optional<UUID> ask() {
        return asks(QUESTIONS.get(Math.floorMod(next.getAndIncrement(), QUESTIONS.size())));
    }

    /** The same with a question of the tour; empty also when enough have come. */
    Optional<UUID> asks(String question) {
        if (all.incrementAndGet() > MOST) {
            return Optional.empty();
        }
        return sites.byKey(SITE)
                .map(SiteView::id)
                .map(site -> conversations
                        .customerMessage(
                                new CustomerIdentity(UUID.randomUUID(), site, null, null, null),
                                UUID.randomUUID(),
                                question)
                        .event()
                        .conversation());
    }
}
