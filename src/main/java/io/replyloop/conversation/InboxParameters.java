package io.replyloop.conversation;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.List;
import java.util.UUID;

/** Reads what callers ask of the inbox, and refuses what makes no sense. */
final class InboxParameters {
    private InboxParameters() {}

    /** @param agent the one who asks; whoever "me" is */
    static InboxFilter filter(SavedView.Query asked, UUID agent) {
        String assignee = asked.assignee() == null ? "any" : asked.assignee();
        if (asked.language() != null
                && !List.of(ConversationLanguage.CHINESE, ConversationLanguage.OTHER)
                        .contains(asked.language())) {
            throw new Problem(ProblemCode.INVALID, "The language is \"zh\" or \"other\".");
        }
        UUID holder = switch (assignee) {
            case "me" -> agent;
            case "none", "any" -> null;
            default -> idOf(assignee);
        };
        if (asked.team() != null && !asked.team().equals("mine")) {
            throw new Problem(ProblemCode.INVALID, "The team is \"mine\", or absent for all conversations.");
        }
        return new InboxFilter(
                asked.label(),
                asked.priority() == null ? null : Priority.named(asked.priority()),
                Boolean.TRUE.equals(asked.unread()),
                Boolean.TRUE.equals(asked.waiting()),
                asked.language(),
                holder,
                assignee.equals("none"),
                asked.team() == null ? null : agent);
    }

    static InboxView view(String view, String status) {
        if (view != null) {
            return InboxView.named(view);
        }
        if (status == null) {
            return InboxView.ALL;
        }
        return ConversationStatus.named(status) == ConversationStatus.OPEN ? InboxView.OPEN : InboxView.RESOLVED;
    }

    static InboxOrder order(String order) {
        return order == null ? InboxOrder.WAITING : InboxOrder.named(order);
    }

    static void check(SavedView.Query asked) {
        view(asked.view(), null);
        order(asked.order());
        filter(asked, new UUID(0, 0));
    }

    private static UUID idOf(String assignee) {
        try {
            return UUID.fromString(assignee);
        } catch (IllegalArgumentException noId) {
            throw new Problem(
                    ProblemCode.INVALID, "The assignee is \"me\", \"none\", \"any\" or the id of an agent.", noId);
        }
    }
}
