package io.replyloop.warmup;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.frames.AgentFrame;
import io.replyloop.frames.CustomerFrame;
import io.replyloop.frames.FrameCodec;
import io.replyloop.identity.AgentView;
import io.replyloop.identity.Agents;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import io.replyloop.suggestion.SuggestionService;
import io.replyloop.suggestion.SuggestionsView;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * A JVM that has just started interprets its code, and for the first seconds answers several times more slowly; after a
 * crash, these are the seconds in which all clients reconnect. Therefore the server first plays conversations to
 * itself, each in a transaction that is rolled back: nothing of them is stored, announced, learned or sent. This begins
 * when everything else has started, and nothing waits for its end.
 */
@Singleton
class Warmup {
    private static final Logger LOG = Logger.getLogger(Warmup.class);

    private static final long LONGEST_EXCHANGE_MILLIS = 3_000;

    private static final List<String> QUESTIONS = List.of(
            "Hello, where is my order? I have been waiting for a week.",
            "你好，请问我的订单什么时候到？",
            "Can I change the delivery address, please?",
            "I would like to cancel my appointment on Tuesday at 3 pm",
            "How much does it cost, and do you take credit cards?",
            "可以退货吗？");

    private final WarmupConfig config;
    private final Sites sites;
    private final Agents agents;
    private final ConversationService conversations;
    private final SuggestionService suggestions;
    private final FeedbackService feedback;
    private final FrameCodec codec;
    private final UserTransaction transactions;
    private final Thread thread = DaemonThreads.named("warm-up").newThread(this::playQuietly);
    private volatile boolean stopped;

    Warmup(
            WarmupConfig config,
            Sites sites,
            Agents agents,
            ConversationService conversations,
            SuggestionService suggestions,
            FeedbackService feedback,
            FrameCodec codec,
            UserTransaction transactions) {
        this.config = config;
        this.sites = sites;
        this.agents = agents;
        this.conversations = conversations;
        this.suggestions = suggestions;
        this.feedback = feedback;
        this.codec = codec;
        this.transactions = transactions;
    }

    void atStart(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
        if (config.exchanges() > 0) {
            thread.start();
        }
    }

    /** The services that it uses are about to close. */
    void atEnd(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        thread.join(LONGEST_EXCHANGE_MILLIS);
    }

    private void playQuietly() {
        try {
            LOG.debugf("Played %d exchanges to warm up", play());
        } catch (RuntimeException failure) {
            // A real problem will show up elsewhere; the first customers merely wait a little longer.
            LOG.debug("The warm-up was interrupted", failure);
        }
    }

    /** @return exchanges played: none before the first site and the first admin exist */
    int play() {
        Optional<UUID> site = sites.list().stream().map(SiteView::id).findFirst();
        Optional<SignedInAgent> agent = agents.list().stream()
                .filter(AgentView::active)
                .map(view -> new SignedInAgent(view.id(), view.email(), view.name(), view.role()))
                .findFirst();
        if (site.isEmpty() || agent.isEmpty()) {
            return 0;
        }
        long end = System.nanoTime() + config.limit().toNanos();
        int played = 0;
        while (played < config.exchanges() && !stopped && System.nanoTime() - end < 0) {
            String question = QUESTIONS.get(played % QUESTIONS.size());
            inVain(() -> exchange(site.get(), agent.get(), question));
            played++;
        }
        return played;
    }

    private void inVain(Runnable act) {
        try {
            transactions.begin();
            try {
                act.run();
            } finally {
                transactions.rollback();
            }
        } catch (NotSupportedException | SystemException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void exchange(UUID site, SignedInAgent agent, String question) {
        CustomerIdentity customer = new CustomerIdentity(UUID.randomUUID(), site, null, null, null);
        codec.customerCommand("{\"type\":\"send\",\"id\":\"" + UUID.randomUUID() + "\",\"text\":\"" + question + "\"}");
        ConversationEventView asked = conversations
                .customerMessage(customer, UUID.randomUUID(), question)
                .event();
        UUID conversation = asked.conversation();
        conversations.take(agent, conversation, UUID.randomUUID());
        write(asked);
        Optional<SuggestionsView> shown = suggestions.computeHere(conversation);
        Optional<SuggestionsView.Item> best =
                shown.flatMap(view -> view.items().stream().findFirst());
        write(feedback.send(
                        agent,
                        conversation,
                        UUID.randomUUID(),
                        best.map(SuggestionsView.Item::text).orElse("Let me see."),
                        shown.map(SuggestionsView::impression).orElse(null),
                        best.map(SuggestionsView.Item::reply).orElse(null),
                        null)
                .event());
        conversations.snapshot(conversation);
    }

    private void write(ConversationEventView event) {
        codec.write(CustomerFrame.Event.of(event));
        codec.write(AgentFrame.Event.of(event));
    }
}
