package io.replyloop.live.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.MarksMoved;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A message between nodes. Messages are small, because a PostgreSQL notification carries at most 8,000 bytes, and they
 * are never the only copy of anything: what a lost message announced is found in the database or announced again soon.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NodeMessage.Heartbeat.class, name = "here"),
    @JsonSubTypes.Type(value = NodeMessage.Stopped.class, name = "gone"),
    @JsonSubTypes.Type(value = NodeMessage.Advanced.class, name = "advanced"),
    @JsonSubTypes.Type(value = NodeMessage.ReadMarks.class, name = "marks"),
    @JsonSubTypes.Type(value = NodeMessage.Rated.class, name = "rated"),
    @JsonSubTypes.Type(value = NodeMessage.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = NodeMessage.Present.class, name = "present"),
    @JsonSubTypes.Type(value = NodeMessage.Suggested.class, name = "suggested"),
    @JsonSubTypes.Type(value = NodeMessage.Drafted.class, name = "drafted"),
    @JsonSubTypes.Type(value = NodeMessage.Revoked.class, name = "revoked"),
    @JsonSubTypes.Type(value = NodeMessage.SignedOut.class, name = "signed-out"),
    @JsonSubTypes.Type(value = NodeMessage.CustomersRevoked.class, name = "customers-revoked"),
    @JsonSubTypes.Type(value = NodeMessage.InboxChanged.class, name = "line"),
    @JsonSubTypes.Type(value = NodeMessage.LabelsChanged.class, name = "labels"),
    @JsonSubTypes.Type(value = NodeMessage.CustomerChanged.class, name = "customer"),
    @JsonSubTypes.Type(value = NodeMessage.Erased.class, name = "erased"),
    @JsonSubTypes.Type(value = NodeMessage.Written.class, name = "written")
})
public sealed interface NodeMessage {
    record Heartbeat(boolean agentsOnline) implements NodeMessage {}

    record Stopped() implements NodeMessage {}

    /** @param customer the customer, if the event is the first of its conversation; otherwise null */
    record Advanced(UUID conversation, long sequence, UUID customer) implements NodeMessage {}

    record ReadMarks(MarksMoved moved) implements NodeMessage {}

    /** A customer has said how a conversation was. */
    record Rated(UUID conversation) implements NodeMessage {}

    record Typing(UUID conversation, AuthorKind by, UUID agent, String name, boolean active) implements NodeMessage {}

    /** Who is online in a conversation on the sending node. */
    record Present(UUID conversation, boolean customerOnline, List<Person> viewers) implements NodeMessage {}

    /** New suggestions have been stored for a conversation. */
    record Suggested(UUID conversation) implements NodeMessage {}

    /** What an agent has begun to write in a conversation has changed. */
    record Drafted(UUID agent, UUID conversation, long revision) implements NodeMessage {}

    /** An account has lost permissions; its connections are closed. */
    record Revoked(UUID account) implements NodeMessage {}

    /** @param session the hash of the session that has ended; its connections are closed */
    record SignedOut(String session) implements NodeMessage {}

    /** The customers of a site, or a single customer, may have lost access; their connections are checked. */
    record CustomersRevoked(UUID site, UUID customer) implements NodeMessage {}

    /** The inbox entry of a conversation has changed without an event in the conversation. */
    record InboxChanged(UUID conversation) implements NodeMessage {}

    /** The labels that there are have changed. A console that misses it has them when it next connects. */
    record LabelsChanged() implements NodeMessage {}

    /** What is known of the customer of a conversation has changed. A console that misses it has it when it opens it again. */
    record CustomerChanged(UUID conversation) implements NodeMessage {}

    /** A conversation is gone for good. */
    record Erased(UUID conversation) implements NodeMessage {}

    /**
     * The messages that the sending node has allowed since the last time; they count against the limits of all nodes.
     */
    record Written(Map<UUID, Integer> customers, Map<String, Integer> addresses) implements NodeMessage {}
}
