package io.replyloop.live;

import io.replyloop.attachment.AttachmentLimits;
import io.replyloop.attachment.AttachmentRules;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.conversation.MessageContent;
import io.replyloop.conversation.Posted;
import io.replyloop.conversation.RatingView;
import io.replyloop.conversation.Ratings;
import io.replyloop.conversation.ReadMarks;
import io.replyloop.frames.CustomerCommand;
import io.replyloop.frames.CustomerFrame;
import io.replyloop.frames.FrameRefused;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerPass;
import io.replyloop.identity.CustomerVisit;
import io.replyloop.identity.CustomerVisits;
import io.replyloop.identity.FilledForm;
import io.replyloop.signin.SessionDevice;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Executes the commands of welcomed customers, within the limits of the customer and of the network address. */
@Singleton
class CustomerCommandHandler {
    private final ConversationService conversations;
    private final ReadMarks marks;
    private final Ratings ratings;
    private final CustomerVisits visits;
    private final MessageVolume volume;
    private final Broadcaster broadcaster;
    private final AttachmentRules attachments;

    CustomerCommandHandler(
            ConversationService conversations,
            ReadMarks marks,
            Ratings ratings,
            CustomerVisits visits,
            MessageVolume volume,
            Broadcaster broadcaster,
            AttachmentRules attachments) {
        this.conversations = conversations;
        this.marks = marks;
        this.ratings = ratings;
        this.visits = visits;
        this.volume = volume;
        this.broadcaster = broadcaster;
        this.attachments = attachments;
    }

    /** Whether one more command may use the database; counts the command if so. */
    boolean allows(CustomerIdentity customer, String address) {
        return millisUntilAllowed(customer, address) == 0;
    }

    /** @param form what was answered before the first message; null for nothing */
    CustomerFrame.Ack send(CustomerIdentity customer, String address, CustomerCommand.Send send, FilledForm form) {
        requireAllowed(customer, address, send);
        ConversationEventView event = store(customer, address, send, form);
        return new CustomerFrame.Ack(send.id(), event.publicSequence(), event.at(), event.conversation());
    }

    void read(CustomerIdentity customer, String address, CustomerCommand.Read read) {
        requireAllowed(customer, address, read);
        marks.customerRead(customer, read.conversation(), read.sequence());
    }

    CustomerFrame.Ack rate(CustomerIdentity customer, String address, CustomerCommand.Rate rate) {
        requireAllowed(customer, address, rate);
        RatingView rating =
                ratings.rate(customer, rate.conversation(), rate.id(), rate.resolution(), rate.score(), rate.comment());
        return new CustomerFrame.Ack(rate.id(), rating.publicSequence(), rating.at(), rating.conversation());
    }

    /** One that comes too soon after others is left out: where somebody is changes anyway, and they need not know. */
    void visited(CustomerPass pass, String address, CustomerCommand.Visit visit, SessionDevice device) {
        if (allows(pass.customer(), address)) {
            visits.keep(
                    pass.customer().id(),
                    CustomerVisit.of(visit.page(), visit.language(), device.browser(), device.system()),
                    visit.attributes(),
                    pass.attributes());
        }
    }

    /** What the customer said when they were last asked. */
    Optional<CustomerFrame.Rated> ratingOf(UUID conversation) {
        return ratings.newest(conversation).map(CustomerFrame.Rated::of);
    }

    void typing(CustomerIdentity customer, UUID conversation, boolean active) {
        broadcaster.customerTyping(conversation, customer.name() == null ? "" : customer.name(), active);
    }

    /** Null where files cannot be attached. */
    AttachmentLimits attachmentLimits() {
        return attachments.limits().orElse(null);
    }

    Optional<ConversationSnapshot> snapshotOf(CustomerIdentity customer) {
        return conversations.snapshotOfCustomer(customer.id());
    }

    List<ConversationEventView> eventsAfter(UUID conversation, long sequence, int limit) {
        return conversations.publicEventsAfter(conversation, sequence, limit);
    }

    /** Also counts a repeated message, because looking it up locks the conversation. */
    private void requireAllowed(CustomerIdentity customer, String address, CustomerCommand command) {
        long wait = millisUntilAllowed(customer, address);
        if (wait > 0) {
            throw FrameRefused.tooOften(Duration.ofMillis(wait), command.id());
        }
    }

    private long millisUntilAllowed(CustomerIdentity customer, String address) {
        return volume.takeCommand(customer.id(), address, System.nanoTime());
    }

    /** A message that is not stored, or was stored before, does not count against the message limits. */
    private ConversationEventView store(
            CustomerIdentity customer, String address, CustomerCommand.Send send, FilledForm form) {
        long wait = volume.take(customer.id(), address, System.nanoTime());
        if (wait > 0) {
            throw FrameRefused.tooMuch(Duration.ofMillis(wait), send.id());
        }
        boolean isNew = false;
        try {
            Posted posted = conversations.customerMessage(
                    customer, send.id(), new MessageContent(send.text(), send.attachments()), send.begins(), form);
            isNew = !posted.repeated();
            return posted.event();
        } finally {
            if (!isNew) {
                volume.refund(customer.id(), address, System.nanoTime());
            }
        }
    }
}
