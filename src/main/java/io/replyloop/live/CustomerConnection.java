package io.replyloop.live;

import io.replyloop.attachment.AttachmentLimits;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.frames.CustomerCommand;
import io.replyloop.frames.CustomerFrame;
import io.replyloop.frames.FrameCodec;
import io.replyloop.frames.FrameRefused;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerPass;
import io.replyloop.identity.FilledForm;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.signin.SessionDevice;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * The connection of a customer's page. Its customer is known once {@code hello} has been verified; it has a
 * conversation once the customer has written.
 */
final class CustomerConnection extends Connection<CustomerCommand> {
    /** The services shared by all customer connections. */
    @Singleton
    record Services(
            LiveConfig limits,
            FrameCodec codec,
            CustomerAdmission admission,
            CustomerCommandHandler commands,
            ConnectionRegistry registry,
            Presence presence,
            KeyedSerialExecutor serialExecutor,
            LiveMetrics metrics) {}

    private final Services services;
    private final String address;
    private final SessionDevice device;
    private volatile CustomerPass pass;

    /** Kept for the first message: of somebody who writes nothing, nothing is stored. */
    private volatile FilledForm form;

    /** Not stored yet, for the same reason. */
    private volatile CustomerCommand.Visit visit;

    // Guarded by this.
    private Subscription subscription;
    private boolean welcomed;

    // What the page has been told; guarded by this.
    private CustomerFrame.Queue place = CustomerFrame.Queue.NOT_WAITING;

    /**
     * @param address the client's network address, as {@link ConnectionLimit} counts it
     * @param device what the handshake said of it
     */
    CustomerConnection(Socket socket, String address, SessionDevice device, Services services) {
        super(socket, services.limits());
        this.address = address;
        this.device = device;
        this.services = services;
    }

    String address() {
        return address;
    }

    /** Null until {@code hello} has been verified. */
    CustomerIdentity customer() {
        CustomerPass current = pass;
        return current == null ? null : current.customer();
    }

    /** Null until {@code hello} has been verified. */
    CustomerPass pass() {
        return pass;
    }

    boolean hasExpired(Instant now) {
        CustomerPass current = pass;
        return current != null && current.hasExpired(now);
    }

    synchronized Optional<Subscription> subscription() {
        return Optional.ofNullable(subscription);
    }

    /**
     * Subscribes to the customer's conversation, which may have been started in another window. A page that shows the one
     * before is welcomed again.
     */
    void subscribe(UUID conversation) {
        follow(conversation, before -> true).filter(Followed::welcomed).ifPresent(followed -> {
            if (followed.before() == null) {
                followed.now().start(0);
            } else {
                executor().execute(this::welcomeAgain);
            }
        });
    }

    /** @param before null for the first conversation */
    private record Followed(Subscription before, Subscription now, boolean welcomed) {}

    /**
     * Empty if it is that conversation already.
     *
     * @param replaces whether it is to be followed in place of the one that is followed so far
     */
    private Optional<Followed> follow(UUID conversation, Predicate<Subscription> replaces) {
        Followed followed;
        synchronized (this) {
            if (subscription != null
                    && (subscription.conversation().equals(conversation) || !replaces.test(subscription))) {
                return Optional.empty();
            }
            followed = new Followed(subscription, new Subscription(this, conversation), welcomed);
            subscription = followed.now();
        }
        if (followed.before() != null) {
            services.registry().unsubscribe(followed.before());
            services.presence().changed(followed.before().conversation());
        }
        services.registry().subscribe(followed.now());
        services.presence().changed(conversation);
        return Optional.of(followed);
    }

    void send(CustomerFrame frame) {
        send(services.codec().write(frame));
    }

    /** Sends where the customer stands, if that is new to the page. */
    void show(CustomerFrame.Queue now) {
        synchronized (this) {
            if (!welcomed || now.equals(place)) {
                return;
            }
            place = now;
        }
        send(now);
    }

    /** Closes a connection that exceeds the limits of this node. */
    void rejectOverLimit() {
        closeWith(tooMany("There are too many connections; close some"), null, CloseCode.LIMIT_EXCEEDED);
    }

    @Override
    void handled(CustomerCommand command, long nanos) {
        if (command instanceof CustomerCommand.Send) {
            services.metrics().acknowledgedCustomer(nanos);
        }
    }

    /** Runs all tasks of a customer one after another; before {@code hello}, those of the connection. */
    @Override
    Executor executor() {
        CustomerIdentity customer = customer();
        Object key = customer == null ? this : customer.id();
        return task -> services.serialExecutor().execute(key, task);
    }

    @Override
    CustomerCommand parse(String text) {
        return services.codec().customerCommand(text);
    }

    @Override
    boolean handleImmediately(CustomerCommand command) {
        if (!isWelcomed()) {
            return false;
        }
        if (command instanceof CustomerCommand.Ping) {
            send(new CustomerFrame.Pong());
            return true;
        }
        if (command instanceof CustomerCommand.Typing typing) {
            subscription().ifPresent(to -> services.commands().typing(customer(), to.conversation(), typing.active()));
            return true;
        }
        return false;
    }

    @Override
    void handle(CustomerCommand command) {
        if (command instanceof CustomerCommand.Hello hello) {
            hello(hello);
            return;
        }
        CustomerIdentity customer = customer();
        if (customer != null && hasExpired(Instant.now())) {
            expired(command.id());
        } else if (!isWelcomed()) {
            // Includes a customer whose access could not be checked: until it is known to be valid, there is none.
            throw new FrameRefused(
                    ProblemCode.HELLO_FIRST, "Say hello with your token before anything else.", command.id());
        } else if (command instanceof CustomerCommand.Send send) {
            send(services.commands().send(customer, address, send, form));
            form = null;
            keepVisit();
        } else if (command instanceof CustomerCommand.Read read) {
            services.commands().read(customer, address, read);
        } else if (command instanceof CustomerCommand.Form filled) {
            form = filled.form();
        } else if (command instanceof CustomerCommand.Visit now) {
            visit = now;
            if (subscription().isPresent()) {
                keepVisit();
            }
        } else if (command instanceof CustomerCommand.Rate rate) {
            send(services.commands().rate(customer, address, rate));
        } else {
            // Received before hello was answered.
            handleImmediately(command);
        }
    }

    /** Of somebody who has written. */
    private void keepVisit() {
        CustomerCommand.Visit last = visit;
        if (last == null) {
            return;
        }
        try {
            services.commands().visited(pass, address, last, device);
            visit = null;
        } catch (RuntimeException failure) {
            // It is no answer to the message before it, which is stored; the next message brings it along.
            ProblemMappers.logged(failure);
        }
    }

    @Override
    String problemFrame(String code, String message, UUID id, UUID conversation, Long retryAfterMillis) {
        return services.codec().write(new CustomerFrame.ProblemFrame(code, message, id, retryAfterMillis));
    }

    @Override
    Long sequenceOf(ConversationEventView event) {
        return event.publicSequence();
    }

    @Override
    String textOf(ConversationEventView event) {
        return services.codec().write(CustomerFrame.Event.of(event));
    }

    @Override
    List<ConversationEventView> eventsAfter(UUID conversation, long sequence, int limit) {
        return services.commands().eventsAfter(conversation, sequence, limit);
    }

    private void hello(CustomerCommand.Hello hello) {
        CustomerPass verified;
        try {
            verified = services.admission().verify(hello.token());
        } catch (Problem refused) {
            closeWith(refused, null, CloseCode.SIGNED_OUT);
            return;
        }
        CustomerIdentity current = customer();
        if (current != null && !current.id().equals(verified.customer().id())) {
            throw new Problem(
                    ProblemCode.NOT_ALLOWED, "This connection is another customer's. Open a new one for this token.");
        }
        pass = verified;
        // The rest is serialized with the customer's other connections, which are known only now.
        continueWith(() -> welcome(hello));
    }

    private void welcome(CustomerCommand.Hello hello) {
        if (hasExpired(Instant.now())) {
            // While it was queued.
            expired();
            return;
        }
        CustomerIdentity customer = customer();
        if (!services.commands().allows(customer, address)) {
            closeWith(tooMany("You ask for too much in a short time; wait a moment"), null, CloseCode.LIMIT_EXCEEDED);
            return;
        }
        // From here on, a conversation that starts elsewhere is noticed, so the snapshot below cannot miss it.
        synchronized (this) {
            welcomed = false;
            place = CustomerFrame.Queue.NOT_WAITING;
            if (subscription != null) {
                subscription.pause();
            }
        }
        if (!services.registry().register(this, customer.id(), limits().connectionsPerCustomer())) {
            closeWith(
                    tooMany("You have too many pages with this chat open; close some"), null, CloseCode.LIMIT_EXCEEDED);
            return;
        }
        // After registration, so that a revocation from here on finds this connection in the registry.
        try {
            services.admission().requireAccess(pass);
        } catch (Problem refused) {
            revoked(refused);
            return;
        }
        show(customer, hello.conversation(), hello.after());
    }

    /** The customer has begun another conversation than the one on the page. */
    private void welcomeAgain() {
        synchronized (this) {
            welcomed = false;
            place = CustomerFrame.Queue.NOT_WAITING;
        }
        try {
            show(customer(), null, 0);
        } catch (RuntimeException failure) {
            ProblemMappers.logged(failure);
            // The page comes back, and says hello.
            close(CloseCode.GOING_AWAY);
        }
    }

    /**
     * Shows the customer's conversation on the page.
     *
     * @param known of which conversation the page has events; null where it does not say
     * @param after the newest of these
     */
    private void show(CustomerIdentity customer, UUID known, long after) {
        Subscription followed = subscription().orElse(null);
        Optional<ConversationSnapshot> snapshot = services.commands().snapshotOf(customer);
        UUID conversation = snapshot.map(present -> present.summary().id()).orElse(null);
        if (conversation != null) {
            // Not in place of one that was begun since the snapshot: the page turns to that one below.
            follow(conversation, now -> now == followed);
        }
        boolean agentsOnline = services.presence().agentsOnline();
        AttachmentLimits attachments = services.commands().attachmentLimits();
        send(snapshot.map(present -> CustomerFrame.Welcome.of(present, agentsOnline, attachments))
                .orElseGet(() -> CustomerFrame.Welcome.toNewCustomer(agentsOnline, attachments)));
        Optional.ofNullable(conversation).flatMap(services.commands()::ratingOf).ifPresent(this::send);
        Subscription current;
        synchronized (this) {
            welcomed = true;
            current = subscription;
        }
        if (current != null && conversation != null && !current.conversation().equals(conversation)) {
            // Begun since the snapshot.
            welcomeAgain();
        } else if (current != null) {
            long last = snapshot.map(ConversationSnapshot::lastPublicSequence).orElse(0L);
            current.start(known == null || known.equals(conversation) ? Math.min(after, last) : 0);
        }
    }

    private synchronized boolean isWelcomed() {
        return welcomed;
    }

    /** This customer's access has been revoked. */
    void revoked(Problem reason) {
        closeWith(reason, null, reason.code() == ProblemCode.BLOCKED ? CloseCode.BLOCKED : CloseCode.SIGNED_OUT);
    }

    void expired() {
        expired(null);
    }

    private void expired(UUID id) {
        closeWith(
                new Problem(ProblemCode.TOKEN_EXPIRED, "This token has expired. Get a new one."),
                id,
                CloseCode.SIGNED_OUT);
    }

    private static Problem tooMany(String what) {
        return new Problem(ProblemCode.RATE_LIMITED, what + ", or try again later.");
    }

    private void closeWith(Problem problem, UUID id, CloseCode code) {
        send(problemFrame(problem.code().wireName(), problem.getMessage(), id, null, null));
        close(code);
    }
}
