package io.replyloop.live;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replyloop.attachment.AttachmentRules;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.InboxActs;
import io.replyloop.conversation.Mentions;
import io.replyloop.conversation.Ratings;
import io.replyloop.conversation.ReadMarks;
import io.replyloop.conversation.ReplyTimes;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.draft.DraftService;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.frames.FrameCodec;
import io.replyloop.identity.CustomerAccess;
import io.replyloop.identity.CustomerTokens;
import io.replyloop.identity.CustomerVisits;
import io.replyloop.live.cluster.NodeChannel;
import io.replyloop.routing.Availability;
import io.replyloop.routing.Offers;
import io.replyloop.routing.Supervision;
import io.replyloop.routing.Transfers;
import io.replyloop.signin.Sessions;
import io.replyloop.suggestion.SuggestionService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** A second node on the application's database, with the application's services and its own connections. */
@Dependent
class SecondNode {
    @Inject
    LiveConfig config;

    @Inject
    FrameCodec codec;

    @Inject
    CustomerTokens tokens;

    @Inject
    CustomerAccess access;

    @Inject
    ConversationService conversations;

    @Inject
    InboxActs inboxActs;

    @Inject
    Mentions mentions;

    @Inject
    ReadMarks marks;

    @Inject
    FeedbackService feedback;

    @Inject
    SuggestionService suggestions;

    @Inject
    AttachmentRules attachments;

    @Inject
    Sessions sessions;

    @Inject
    Ratings ratings;

    @Inject
    CustomerVisits visits;

    @Inject
    DraftService drafts;

    @Inject
    ReplyTimes times;

    @Inject
    Transfers transfers;

    @Inject
    Offers offers;

    @Inject
    Availability availability;

    @Inject
    Supervision supervision;

    @Inject
    DataSource pool;

    @Inject
    UnpooledConnections unpooled;

    private ExecutorService threads;
    private LiveNode node;
    private ConnectionLifecycle connections;
    private Presence presence;

    void start() {
        threads = Executors.newFixedThreadPool(4);
        ConnectionRegistry registry = new ConnectionRegistry(codec);
        presence = new Presence(registry);
        InboxUpdates inbox = new InboxUpdates(registry, conversations, threads);
        MessageVolume volume = new MessageVolume(config);
        NodeChannel channel = new NodeChannel(unpooled, pool, threads);
        Broadcaster broadcaster = new Broadcaster(registry, presence, inbox, volume, channel, conversations, threads);
        AccessRevocation revocation = new AccessRevocation(registry, sessions, access, broadcaster, threads);
        LiveMetrics figures = new LiveMetrics(registry, channel, new SimpleMeterRegistry());
        MissedUpdates missed = new MissedUpdates(registry, inbox, conversations, suggestions, ratings, drafts, threads);
        connections = new ConnectionLifecycle(
                config,
                new ConnectionLimit(config),
                registry,
                presence,
                inbox,
                new CustomerConnection.Services(
                        config,
                        codec,
                        new CustomerAdmission(tokens, access),
                        new CustomerCommandHandler(
                                conversations, marks, ratings, visits, volume, broadcaster, attachments),
                        registry,
                        presence,
                        new KeyedSerialExecutor(threads),
                        figures),
                new AgentConnection.Services(
                        config,
                        codec,
                        new AgentCommandHandler(
                                conversations,
                                inboxActs,
                                mentions,
                                marks,
                                ratings,
                                feedback,
                                suggestions,
                                broadcaster,
                                attachments,
                                drafts,
                                transfers,
                                offers,
                                new AgentsThere(registry, availability, threads),
                                new Supervisors(supervision, codec)),
                        registry,
                        presence,
                        threads,
                        figures));
        node = new LiveNode(
                config,
                connections,
                registry,
                broadcaster,
                revocation,
                new ClusterListener(channel, registry, presence, inbox, volume, revocation, missed),
                new QueueUpdates(registry, presence, conversations, times, threads));
        node.start(null);
    }

    void stop() throws InterruptedException {
        node.stop(null);
        threads.shutdownNow();
    }

    ConnectionLifecycle connections() {
        return connections;
    }

    boolean hasOtherNodes() {
        return presence.hasOtherNodes();
    }
}
