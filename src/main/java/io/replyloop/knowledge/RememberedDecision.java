package io.replyloop.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;

/**
 * What the memory has of a decision.
 *
 * @param answered the reply that answers its question; null for none
 * @param rejected the reply that does not; null for none
 * @param version the version of the rejected reply that was read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RememberedDecision(UUID answered, UUID rejected, Integer version) {
    public static final RememberedDecision NOTHING = new RememberedDecision(null, null, null);
}
