package io.replyloop.conversation;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** In which order conversations are listed. */
public enum InboxOrder {
    /** Open ones by how long their customers wait, then those that are answered. */
    WAITING,
    /** The newest change first. */
    NEWEST,
    /** Urgent ones first, and each priority as by {@link #WAITING}. */
    PRIORITY;

    /** A run of lines with one key, in which a page can begin anywhere. */
    enum Key {
        WAITING_SINCE("c.waiting_since", true),
        UPDATED_AT("c.updated_at", false),
        SNOOZED_UNTIL("c.snoozed_until", true);

        private final String column;
        private final boolean ascending;

        Key(String column, boolean ascending) {
            this.column = column;
            this.ascending = ascending;
        }

        String order() {
            return column + (ascending ? "" : " desc") + ", c.id";
        }

        String after() {
            return ascending
                    ? "(" + column + ", c.id) > (:at, :id)"
                    : column + " <= :at and (" + column + " < :at or c.id > :id)";
        }
    }

    /** @param condition with which its lines are found; empty for all */
    record Part(String name, String condition, Key key) {}

    static InboxOrder named(String wireName) {
        return Arrays.stream(values())
                .filter(order -> order.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() ->
                        new Problem(ProblemCode.INVALID, "The order is \"waiting\", \"newest\" or \"priority\"."));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One after the other, they are the list. */
    List<Part> parts(InboxView view) {
        List<Part> plain = plain(view);
        if (this != PRIORITY) {
            return plain;
        }
        List<Part> parts = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            for (Part part : plain) {
                String condition = "c.priority = " + priority.level();
                parts.add(new Part(
                        priority.wireName() + "-" + part.name(),
                        part.condition().isEmpty() ? condition : condition + " and " + part.condition(),
                        part.key()));
            }
        }
        return parts;
    }

    private List<Part> plain(InboxView view) {
        if (view == InboxView.SNOOZED && this != NEWEST) {
            return List.of(new Part("snoozed", "", Key.SNOOZED_UNTIL));
        }
        if (!view.isOpen() || this == NEWEST) {
            return List.of(new Part("changed", "", Key.UPDATED_AT));
        }
        return List.of(
                new Part("waiting", "c.waiting_since is not null", Key.WAITING_SINCE),
                new Part("changed", "c.waiting_since is null", Key.UPDATED_AT));
    }
}
