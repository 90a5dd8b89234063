package io.replyloop.frames;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.replyloop.attachment.AttachmentLimits;
import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.Author;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationCounts;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.EventKind;
import io.replyloop.conversation.InboxAct;
import io.replyloop.conversation.MessageText;
import io.replyloop.conversation.RatingView;
import io.replyloop.draft.DraftChanged;
import io.replyloop.draft.DraftView;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.routing.ColleagueView;
import io.replyloop.routing.SupervisionView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The frames sent to an agent's console. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AgentFrame.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = AgentFrame.Opened.class, name = "opened"),
    @JsonSubTypes.Type(value = AgentFrame.Event.class, name = "event"),
    @JsonSubTypes.Type(value = AgentFrame.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = AgentFrame.InboxLine.class, name = "conversation"),
    @JsonSubTypes.Type(value = AgentFrame.Counts.class, name = "counts"),
    @JsonSubTypes.Type(value = AgentFrame.Suggestions.class, name = "suggestions"),
    @JsonSubTypes.Type(value = AgentFrame.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = AgentFrame.Read.class, name = "read"),
    @JsonSubTypes.Type(value = AgentFrame.Presence.class, name = "presence"),
    @JsonSubTypes.Type(value = AgentFrame.Rated.class, name = "rated"),
    @JsonSubTypes.Type(value = AgentFrame.Draft.class, name = "draft"),
    @JsonSubTypes.Type(value = AgentFrame.Erased.class, name = "erased"),
    @JsonSubTypes.Type(value = AgentFrame.Availability.class, name = "availability"),
    @JsonSubTypes.Type(value = AgentFrame.Supervision.class, name = "supervision"),
    @JsonSubTypes.Type(value = AgentFrame.LabelsChanged.class, name = "labels"),
    @JsonSubTypes.Type(value = AgentFrame.CustomerChanged.class, name = "customer"),
    @JsonSubTypes.Type(value = AgentFrame.ProblemFrame.class, name = "problem"),
    @JsonSubTypes.Type(value = AgentFrame.Pong.class, name = "pong")
})
public sealed interface AgentFrame {
    record Welcome(Self agent, int maxTextLength, AttachmentLimits attachments) implements AgentFrame {
        public record Self(UUID id, String name, Role role) {}

        /** @param attachments null where files cannot be attached */
        public static Welcome of(SignedInAgent agent, AttachmentLimits attachments) {
            return new Welcome(new Self(agent.id(), agent.name(), agent.role()), MessageText.MAX_LENGTH, attachments);
        }
    }

    record Opened(
            ConversationSummary conversation,
            long customerRead,
            long agentRead,
            boolean customerOnline,
            List<Person> viewers,
            DraftView draft)
            implements AgentFrame {

        /** @param draft what this agent has begun to write; null for nothing */
        public static Opened of(
                ConversationSnapshot snapshot, boolean customerOnline, List<Person> viewers, DraftView draft) {
            return new Opened(
                    snapshot.summary(),
                    snapshot.marks().customerRead(),
                    snapshot.marks().agentRead(),
                    customerOnline,
                    viewers,
                    draft);
        }
    }

    record Event(
            UUID conversation,
            long sequence,
            Instant at,
            EventKind kind,
            Author author,
            UUID id,
            String text,
            ConversationStatus status,
            Person assignee,
            Person team,
            List<AttachmentView> attachments,
            InboxAct act,
            List<String> choices,
            List<Person> mentions)
            implements AgentFrame {

        public static Event of(ConversationEventView event) {
            return new Event(
                    event.conversation(),
                    event.sequence(),
                    event.at(),
                    event.kind(),
                    event.author(),
                    event.clientId(),
                    event.text(),
                    event.status(),
                    event.assignee(),
                    event.team(),
                    event.attachments(),
                    event.act(),
                    event.choices(),
                    event.mentions());
        }
    }

    record Ack(UUID id, Instant at, UUID conversation, Long sequence) implements AgentFrame {}

    record InboxLine(ConversationSummary conversation) implements AgentFrame {}

    record Counts(
            long mine, long unassigned, long open, long resolved, long waiting, long snoozed, long spam, long mentions)
            implements AgentFrame {
        public static Counts of(ConversationCounts counts) {
            return new Counts(
                    counts.mine(),
                    counts.unassigned(),
                    counts.open(),
                    counts.resolved(),
                    counts.waiting(),
                    counts.snoozed(),
                    counts.spam(),
                    counts.mentions());
        }
    }

    record Suggestions(
            UUID conversation, UUID impression, long trigger, List<Suggestion> items, long model, double tookMillis)
            implements AgentFrame {
        public record Suggestion(
                UUID reply,
                String title,
                String text,
                String category,
                double probability,
                String confidence,
                Why why,
                List<String> choices) {}

        /**
         * Why a reply is suggested.
         *
         * @param kind before, words or meaning
         * @param question a question like this one that it has answered before
         * @param by who answered that
         */
        public record Why(String kind, String question, Person by, List<String> words) {}
    }

    record Typing(UUID conversation, AuthorKind by, String name, boolean active) implements AgentFrame {}

    record Read(UUID conversation, AuthorKind by, long sequence) implements AgentFrame {}

    record Presence(UUID conversation, boolean customerOnline, List<Person> viewers) implements AgentFrame {}

    /** What the customer said of a resolution. */
    record Rated(UUID conversation, long resolution, int score, String comment, Instant at) implements AgentFrame {
        /** @param rating has a score */
        public static Rated of(RatingView rating) {
            return new Rated(rating.conversation(), rating.resolution(), rating.score(), rating.comment(), rating.at());
        }
    }

    /** What this agent has begun to write, on whatever device; without one, there is none any more. */
    record Draft(UUID conversation, long revision, DraftView draft) implements AgentFrame {
        public static Draft of(DraftChanged changed) {
            return new Draft(changed.conversation(), changed.revision(), changed.draft());
        }
    }

    /** The conversation is gone for good, and is to be forgotten by the console, too. */
    record Erased(UUID conversation) implements AgentFrame {}

    /** Whether this agent says that they are away. */
    record Availability(boolean away) implements AgentFrame {}

    /** What the team is doing, for those who look at it. */
    record Supervision(
            List<ColleagueView> agents, List<SupervisionView.Queue> queues, List<ConversationSummary> longest)
            implements AgentFrame {
        public static Supervision of(SupervisionView now) {
            return new Supervision(now.agents(), now.queues(), now.longest());
        }
    }
    /** The labels that there are have changed; a console loads them again. */
    record LabelsChanged() implements AgentFrame {}

    /** What is known of the customer of this conversation has changed; a console loads it again. */
    record CustomerChanged(UUID conversation) implements AgentFrame {}

    record ProblemFrame(String code, String message, UUID id, UUID conversation, Long retryAfterMillis)
            implements AgentFrame {}

    record Pong() implements AgentFrame {}
}
