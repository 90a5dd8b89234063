package io.replyloop.live;

import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.conversation.Posted;
import io.replyloop.frames.CustomerCommand;
import io.replyloop.frames.CustomerFrame;
import io.replyloop.frames.FrameCodec;
import io.replyloop.frames.FrameRefused;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerPass;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** A customer's page. Nobody until it has said hello; without a conversation until the customer has written. */
final class CustomerConnection extends Connection<CustomerCommand> {
    /**
     * What all of them share.
     *
     * @param tokens verifies a token and tells what it says; throws a {@link Problem} otherwise
     * @param access throws a {@link Problem} when a token, good as it is, has been taken back
     */
    record Services(
            FrameCodec codec,
            Function<String, CustomerPass> tokens,
            Consumer<CustomerPass> access,
            MessageVolume volume,
            ConversationService conversations,
            ConnectionRegistry switchboard,
            Broadcaster announcements,
            Presence presence,
            KeyedSerialExecutor turns,
            LiveConfig limits,
            Executor executor) {}

    private final Services services;
    private final String address;
    private volatile CustomerPass pass;

    /** The first hello, between the verification of its token and its turn. Commands are handled one at a time. */
    private CustomerCommand.Hello verified;

    // Guarded by this.
    private Subscription follow;
    private boolean welcomed;

    /** @param address where it comes from, as {@link ConnectionLimit} counts it */
    CustomerConnection(Socket socket, String address, Services services) {
        super(socket, services.limits(), services.executor());
        this.address = address;
        this.services = services;
    }

    String address() {
        return address;
    }

    /** Null before hello. */
    CustomerIdentity customer() {
        CustomerPass shown = pass;
        return shown == null ? null : shown.customer();
    }

    /** Null before hello. */
    CustomerPass pass() {
        return pass;
    }

    boolean hasExpired(Instant now) {
        CustomerPass shown = pass;
        return shown != null && shown.hasExpired(now);
    }

    synchronized Optional<Subscription> follow() {
        return Optional.ofNullable(follow);
    }

    /** The customer's conversation has begun, here or in another of their windows. */
    Subscription join(UUID conversation) {
        Subscription joined;
        boolean start;
        synchronized (this) {
            if (follow != null) {
                return follow;
            }
            follow = new Subscription(this, conversation);
            joined = follow;
            start = welcomed;
        }
        services.switchboard().follow(joined);
        if (start) {
            joined.start(0);
        }
        services.presence().changed(conversation);
        return joined;
    }

    void send(CustomerFrame frame) {
        send(services.codec().write(frame));
    }

    /** There is no room for this connection. */
    void turnAway() {
        goodbye(tooMany("There are too many connections; close some"), null, CloseCode.TOO_MUCH);
    }

    @Override
    Executor executor() {
        CustomerIdentity customer = customer();
        return customer == null ? super.executor() : task -> services.turns().execute(customer.id(), task);
    }

    @Override
    CustomerCommand parse(String text) {
        return services.codec().customerCommand(text);
    }

    @Override
    boolean handleAtOnce(CustomerCommand command) {
        if (!isWelcomed()) {
            return false;
        }
        if (command instanceof CustomerCommand.Ping) {
            send(new CustomerFrame.Pong());
            return true;
        }
        if (command instanceof CustomerCommand.Typing typing) {
            typing(typing.active());
            return true;
        }
        return false;
    }

    @Override
    boolean handle(CustomerCommand command) {
        if (command instanceof CustomerCommand.Hello hello) {
            return hello(hello);
        }
        CustomerIdentity customer = customer();
        if (customer != null && hasExpired(Instant.now())) {
            expired(command.id());
        } else if (!isWelcomed()) {
            // Also where looking up this customer's access has failed: whoever is not known to have it has none.
            throw new FrameRefused(
                    ProblemCode.HELLO_FIRST, "Say hello with your token before anything else.", command.id());
        } else if (command instanceof CustomerCommand.Send send) {
            requireRoom(send);
            ConversationEventView event = stored(customer, send);
            send(new CustomerFrame.Ack(send.id(), event.publicSequence(), event.at(), event.conversation()));
        } else if (command instanceof CustomerCommand.Read read) {
            requireRoom(read);
            services.conversations().customerRead(customer, read.sequence());
        } else {
            // Came before the answer to hello.
            handleAtOnce(command);
        }
        return true;
    }

    @Override
    String problemFrame(String code, String message, UUID id, UUID conversation, Long retryAfterMillis) {
        return services.codec().write(new CustomerFrame.ProblemFrame(code, message, id, retryAfterMillis));
    }

    @Override
    Long numberOf(ConversationEventView event) {
        return event.publicSequence();
    }

    @Override
    String textOf(ConversationEventView event) {
        return services.codec().write(CustomerFrame.Event.of(event));
    }

    @Override
    List<ConversationEventView> eventsAfter(UUID conversation, long number, int limit) {
        return services.conversations().publicEventsAfter(conversation, number, limit);
    }

    private boolean hello(CustomerCommand.Hello hello) {
        if (hello == verified) {
            verified = null;
            if (hasExpired(Instant.now())) {
                // While it stood in line.
                expired();
            } else {
                enter(hello);
            }
            return true;
        }
        CustomerPass shown;
        try {
            shown = services.tokens().apply(hello.token());
        } catch (Problem refused) {
            goodbye(refused, null, CloseCode.SIGNED_OUT);
            return true;
        }
        CustomerIdentity before = customer();
        if (before != null && !before.id().equals(shown.customer().id())) {
            throw new Problem(
                    ProblemCode.NOT_ALLOWED, "This connection is another customer's. Open a new one for this token.");
        }
        pass = shown;
        if (before == null) {
            // Now it is known in whose turn the rest is done.
            verified = hello;
            return false;
        }
        enter(hello);
        return true;
    }

    private void enter(CustomerCommand.Hello hello) {
        if (waitForRoom() > 0) {
            goodbye(tooMany("You ask for too much in a short time; wait a moment"), null, CloseCode.TOO_MUCH);
            return;
        }
        // From here on a conversation that begins elsewhere is noticed, so the look below cannot miss it.
        synchronized (this) {
            welcomed = false;
            if (follow != null) {
                follow.pause();
            }
        }
        UUID who = customer().id();
        if (!services.switchboard().arrive(this, who, limits().connectionsPerCustomer())) {
            goodbye(tooMany("You have too many pages with this chat open; close some"), null, CloseCode.TOO_MUCH);
            return;
        }
        // After the arrival: access that is taken back later finds this connection among those that have arrived.
        try {
            services.access().accept(pass);
        } catch (Problem refused) {
            revoked(refused);
            return;
        }
        Optional<ConversationSnapshot> snapshot = services.conversations().snapshotOfCustomer(who);
        snapshot.ifPresent(present -> join(present.summary().id()));
        boolean agentsOnline = services.presence().agentsOnline();
        send(snapshot.map(present -> CustomerFrame.Welcome.of(present, agentsOnline))
                .orElseGet(() -> CustomerFrame.Welcome.toNewCustomer(agentsOnline)));
        Subscription following;
        synchronized (this) {
            welcomed = true;
            following = follow;
        }
        if (following != null) {
            long last = snapshot.map(ConversationSnapshot::lastPublicSequence).orElse(0L);
            following.start(Math.min(hello.after(), last));
        }
    }

    private synchronized boolean isWelcomed() {
        return welcomed;
    }

    /** Also for what uses up no message: a repeat costs a look under the conversation's lock. */
    private void requireRoom(CustomerCommand command) {
        long wait = waitForRoom();
        if (wait > 0) {
            throw FrameRefused.tooOften(Duration.ofMillis(wait), command.id());
        }
    }

    private long waitForRoom() {
        return services.volume().takeCommand(customer().id(), address, System.nanoTime());
    }

    /** Stores what may be stored; what is not stored, or was before, uses up nothing. */
    private ConversationEventView stored(CustomerIdentity customer, CustomerCommand.Send send) {
        MessageVolume volume = services.volume();
        long wait = volume.take(customer.id(), address, System.nanoTime());
        if (wait > 0) {
            throw FrameRefused.tooMuch(Duration.ofMillis(wait), send.id());
        }
        boolean isNew = false;
        try {
            Posted posted = services.conversations().customerMessage(customer, send.id(), send.text());
            isNew = !posted.repeated();
            return posted.event();
        } finally {
            if (!isNew) {
                volume.giveBack(customer.id(), address, System.nanoTime());
            }
        }
    }

    private void typing(boolean active) {
        follow().ifPresent(following ->
                services.announcements().customerTyping(following.conversation(), nameOf(customer()), active));
    }

    /** This customer's access has been taken back. */
    void revoked(Problem why) {
        goodbye(why, null, why.code() == ProblemCode.BLOCKED ? CloseCode.BLOCKED : CloseCode.SIGNED_OUT);
    }

    void expired() {
        expired(null);
    }

    private void expired(UUID id) {
        goodbye(
                new Problem(ProblemCode.TOKEN_EXPIRED, "This token has expired. Get a new one."),
                id,
                CloseCode.SIGNED_OUT);
    }

    private static Problem tooMany(String what) {
        return new Problem(ProblemCode.RATE_LIMITED, what + ", or try again later.");
    }

    private void goodbye(Problem problem, UUID id, CloseCode code) {
        send(problemFrame(problem.code().wireName(), problem.getMessage(), id, null, null));
        close(code);
    }

    private static String nameOf(CustomerIdentity customer) {
        return customer.name() == null ? "" : customer.name();
    }
}
