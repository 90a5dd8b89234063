package io.replyloop.desk;

import io.replyloop.conversation.OutsideConversations;
import io.replyloop.erasure.ErasureReport;
import io.replyloop.erasure.ErasureService;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Erases what a customer of another desk has asked there, and all that was learned from it. */
@ApplicationScoped
@Transactional
class DeskErasure {
    private final OutsideConversations conversations;
    private final ErasureService erasures;

    DeskErasure(OutsideConversations conversations, ErasureService erasures) {
        this.conversations = conversations;
        this.erasures = erasures;
    }

    ErasureReport erase(UUID program, String name) {
        UUID customer = conversations.customerOf(name).orElseThrow(() -> Problem.notFound("conversation"));
        return erasures.erase(customer, program, "");
    }
}
