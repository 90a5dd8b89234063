package io.replyloop.live;

import io.replyloop.attachment.AttachmentLimits;
import io.replyloop.attachment.AttachmentRules;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.InboxActs;
import io.replyloop.conversation.Mentions;
import io.replyloop.conversation.MessageContent;
import io.replyloop.conversation.Posted;
import io.replyloop.conversation.Ratings;
import io.replyloop.conversation.ReadMarks;
import io.replyloop.draft.DraftService;
import io.replyloop.draft.DraftView;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.feedback.Rejected;
import io.replyloop.frames.AgentCommand;
import io.replyloop.frames.AgentFrame;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.routing.Offers;
import io.replyloop.routing.Transfers;
import io.replyloop.suggestion.SuggestionService;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Executes the commands of agents that concern more than their own connection. */
@Singleton
class AgentCommandHandler {
    private final ConversationService conversations;
    private final InboxActs inboxActs;
    private final Mentions mentions;
    private final ReadMarks marks;
    private final Ratings ratings;
    private final FeedbackService feedback;
    private final SuggestionService suggestions;
    private final Broadcaster broadcaster;
    private final AttachmentRules attachments;
    private final Transfers transfers;
    private final Offers offers;
    private final AgentsThere there;
    private final Supervisors supervisors;
    private final DraftService drafts;

    AgentCommandHandler(
            ConversationService conversations,
            InboxActs inboxActs,
            Mentions mentions,
            ReadMarks marks,
            Ratings ratings,
            FeedbackService feedback,
            SuggestionService suggestions,
            Broadcaster broadcaster,
            AttachmentRules attachments,
            DraftService drafts,
            Transfers transfers,
            Offers offers,
            AgentsThere there,
            Supervisors supervisors) {
        this.conversations = conversations;
        this.inboxActs = inboxActs;
        this.mentions = mentions;
        this.marks = marks;
        this.ratings = ratings;
        this.feedback = feedback;
        this.suggestions = suggestions;
        this.broadcaster = broadcaster;
        this.attachments = attachments;
        this.transfers = transfers;
        this.offers = offers;
        this.there = there;
        this.supervisors = supervisors;
        this.drafts = drafts;
    }

    /** @return the acknowledgement; empty if the command has none */
    Optional<AgentFrame.Ack> execute(SignedInAgent agent, AgentCommand command) {
        if (command instanceof AgentCommand.Send send) {
            Posted posted = feedback.send(
                    agent,
                    send.conversation(),
                    send.id(),
                    new MessageContent(send.text(), send.attachments(), send.choices()),
                    send.impression(),
                    send.reply(),
                    send.seen(),
                    send.origin());
            forget(agent, send.conversation(), send.draft());
            return acknowledged(send, posted);
        } else if (command instanceof AgentCommand.Note note) {
            MessageContent content = new MessageContent(note.text(), note.attachments());
            Posted posted = conversations.note(
                    agent, note.conversation(), note.id(), content, mentions.in(content.text(), note.mentions()));
            forget(agent, note.conversation(), note.draft());
            return acknowledged(note, posted);
        } else if (command instanceof AgentCommand.Draft draft) {
            // Every device of this agent is told what is there now, which is the answer, too.
            drafts.save(agent.id(), draft.conversation(), draft.save());
            return Optional.empty();
        } else if (command instanceof AgentCommand.Take take) {
            return acknowledged(take, conversations.take(agent, take.conversation(), take.id(), take.force()));
        } else if (command instanceof AgentCommand.Release release) {
            return acknowledged(release, conversations.release(agent, release.conversation(), release.id()));
        } else if (command instanceof AgentCommand.Transfer transfer) {
            return acknowledged(
                    transfer,
                    transfers.transfer(
                            agent,
                            transfer.conversation(),
                            transfer.id(),
                            transfer.to(),
                            transfer.target(),
                            transfer.note()));
        } else if (command instanceof AgentCommand.Availability availability) {
            there.say(agent, availability.away());
            return Optional.empty();
        } else if (command instanceof AgentCommand.Status status) {
            ConversationStatus target = ConversationStatus.named(status.status());
            return acknowledged(
                    status,
                    conversations.changeStatus(agent, status.conversation(), status.id(), target, status.seen()));
        } else if (command instanceof AgentCommand.Inbox inbox) {
            return acknowledged(inbox, inboxActs.act(agent, inbox.conversation(), inbox.id(), inbox.act()));
        } else if (command instanceof AgentCommand.Read read) {
            marks.agentRead(read.conversation(), read.sequence());
            mentions.seen(agent.id(), read.conversation(), read.sequence());
            offers.accepted(agent.id(), read.conversation());
            return Optional.empty();
        } else if (command instanceof AgentCommand.Reject reject) {
            Rejected rejected = feedback.reject(
                    agent,
                    reject.id(),
                    reject.impression(),
                    reject.reply(),
                    reject.reason(),
                    reject.comment(),
                    reject.onScreenMillis());
            return Optional.of(new AgentFrame.Ack(reject.id(), rejected.at(), rejected.conversation(), null));
        }
        throw new IllegalStateException("No handler for " + command.getClass());
    }

    /** Also after a repeated message: the first one may have been stored just before the server ended. */
    private void forget(SignedInAgent agent, UUID conversation, UUID draft) {
        if (draft != null) {
            drafts.sent(agent.id(), conversation, draft);
        }
    }

    /** What this agent has begun to write there; null for nothing. */
    DraftView draft(SignedInAgent agent, UUID conversation) {
        return drafts.find(agent.id(), conversation).orElse(null);
    }

    /** Null where files cannot be attached. */
    AttachmentLimits attachmentLimits() {
        return attachments.limits().orElse(null);
    }

    void typing(SignedInAgent agent, AgentCommand.Typing typing) {
        broadcaster.agentTyping(typing.conversation(), agent.id(), agent.name(), typing.active());
    }

    void connected(AgentConnection connection) {
        there.connected(connection);
    }

    void supervise(AgentConnection connection, boolean active) {
        supervisors.watch(connection, active);
    }

    /** The agent looks at a conversation, and so has accepted it if it was given to them. */
    void opened(SignedInAgent agent, ConversationSummary conversation) {
        if (conversation.assignee() != null && conversation.assignee().id().equals(agent.id())) {
            offers.accepted(agent.id(), conversation.id());
        }
    }

    ConversationSnapshot snapshot(UUID conversation) {
        return conversations.snapshot(conversation);
    }

    List<ConversationEventView> eventsAfter(UUID conversation, long sequence, int limit) {
        return conversations.eventsAfter(conversation, sequence, limit);
    }

    List<AgentFrame.Rated> ratings(UUID conversation) {
        return ratings.ofConversation(conversation).stream()
                .map(AgentFrame.Rated::of)
                .toList();
    }

    Optional<AgentFrame.Suggestions> latestSuggestions(UUID conversation) {
        return suggestions.latest(conversation).map(SuggestionFrames::of);
    }

    private static Optional<AgentFrame.Ack> acknowledged(AgentCommand command, Posted posted) {
        ConversationEventView event = posted.event();
        Instant at = event == null ? Instant.now().truncatedTo(ChronoUnit.MILLIS) : event.at();
        Long sequence = event == null ? null : Long.valueOf(event.sequence());
        return Optional.of(new AgentFrame.Ack(command.id(), at, command.conversation(), sequence));
    }
}
