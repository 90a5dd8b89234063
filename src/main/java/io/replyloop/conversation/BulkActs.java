package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One act on many conversations. Each is a transaction and an act of its own, whose id follows from that of the whole: what
 * is asked for once more finds what was done the first time, however far that came.
 */
@Singleton
class BulkActs {
    static final int MOST = 100;

    private final ConversationService conversations;
    private final InboxActs acts;

    BulkActs(ConversationService conversations, InboxActs acts) {
        this.conversations = conversations;
        this.acts = acts;
    }

    /** @param code why it was not done; null where it was done or had been so before */
    @Schema(name = "BulkOutcome")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Outcome(
            @Schema(description = "Id of the conversation", required = true)
            UUID conversation,

            @Schema(
                    description = "Why it was not done; absent where it was, or already was as asked",
                    examples = "conflict")
            String code,

            @Schema(description = "The same in words; absent where it was done")
            String message) {}

    /** @param seen for resolving: the newest event of each that was on the agent's screen; what is not in it is resolved anyway */
    List<Outcome> act(SignedInAgent agent, UUID id, List<UUID> each, BulkAct act, Map<UUID, Long> seen) {
        return each.stream()
                .distinct()
                .map(conversation -> outcome(agent, conversation, idFor(id, conversation), act, seen.get(conversation)))
                .toList();
    }

    private Outcome outcome(SignedInAgent agent, UUID conversation, UUID id, BulkAct act, Long seen) {
        try {
            one(agent, conversation, id, act, seen);
            return new Outcome(conversation, null, null);
        } catch (Problem refused) {
            if (refused.code() == ProblemCode.UNAVAILABLE || refused.code() == ProblemCode.INTERNAL) {
                throw refused;
            }
            return new Outcome(conversation, refused.code().wireName(), refused.getMessage());
        }
    }

    private void one(SignedInAgent agent, UUID conversation, UUID id, BulkAct act, Long seen) {
        switch (act.what()) {
            case RESOLVE -> conversations.changeStatus(agent, conversation, id, ConversationStatus.RESOLVED, seen);
            case REOPEN -> conversations.changeStatus(agent, conversation, id, ConversationStatus.OPEN, null);
            case TAKE -> conversations.take(agent, conversation, id);
            case RELEASE -> conversations.release(agent, conversation, id);
            case LABEL, UNLABEL, PRIORITY, SNOOZE, WAKE, SPAM, NO_SPAM ->
                acts.act(agent, conversation, id, act.ofOne());
        }
    }

    private static UUID idFor(UUID whole, UUID conversation) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(whole.getMostSignificantBits())
                .putLong(whole.getLeastSignificantBits())
                .putLong(conversation.getMostSignificantBits())
                .putLong(conversation.getLeastSignificantBits());
        return UUID.nameUUIDFromBytes(bytes.array());
    }
}
