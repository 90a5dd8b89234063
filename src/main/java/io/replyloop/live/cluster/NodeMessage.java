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
 * What nodes tell each other. Small, because PostgreSQL carries at most 8,000 bytes at a time, and never the only place
 * where something stands: whatever gets lost is found in the database, or is said again soon.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NodeMessage.Here.class, name = "here"),
    @JsonSubTypes.Type(value = NodeMessage.Gone.class, name = "gone"),
    @JsonSubTypes.Type(value = NodeMessage.Advanced.class, name = "advanced"),
    @JsonSubTypes.Type(value = NodeMessage.Marks.class, name = "marks"),
    @JsonSubTypes.Type(value = NodeMessage.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = NodeMessage.Present.class, name = "present"),
    @JsonSubTypes.Type(value = NodeMessage.Suggested.class, name = "suggested"),
    @JsonSubTypes.Type(value = NodeMessage.Revoked.class, name = "revoked"),
    @JsonSubTypes.Type(value = NodeMessage.SignedOut.class, name = "signed-out"),
    @JsonSubTypes.Type(value = NodeMessage.CustomersRevoked.class, name = "customers-revoked"),
    @JsonSubTypes.Type(value = NodeMessage.Line.class, name = "line"),
    @JsonSubTypes.Type(value = NodeMessage.Written.class, name = "written")
})
public sealed interface NodeMessage {
    /** The node lives. */
    record Here(boolean agentsOnline) implements NodeMessage {}

    /** The node stops. */
    record Gone() implements NodeMessage {}

    /** An event is stored; with the first one of a conversation, the customer whose it is. */
    record Advanced(UUID conversation, long sequence, UUID customer) implements NodeMessage {}

    record Marks(MarksMoved moved) implements NodeMessage {}

    record Typing(UUID conversation, AuthorKind by, UUID agent, String name, boolean active) implements NodeMessage {}

    record Present(UUID conversation, boolean customerOnline, List<Person> viewers) implements NodeMessage {}

    record Suggested(UUID conversation) implements NodeMessage {}

    /** An account may no longer do what it could: its connections end. */
    record Revoked(UUID account) implements NodeMessage {}

    /** A session at sign-in has ended, by its name that opens nothing: its connections end. */
    record SignedOut(String session) implements NodeMessage {}

    /** Customers of a site, or a single one, may have lost their access: it is to be looked at who. */
    record CustomersRevoked(UUID site, UUID customer) implements NodeMessage {}

    /** What stands in the inbox about a conversation has changed, without an event in it. */
    record Line(UUID conversation) implements NodeMessage {}

    /** So many messages were let pass since the last time, which count against the limits everywhere. */
    record Written(Map<UUID, Integer> customers, Map<String, Integer> addresses) implements NodeMessage {}
}
