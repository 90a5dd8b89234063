package io.replyloop.audit;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which entries somebody wants to see; null means any.
 *
 * @param account the account that has acted
 * @param actions one of these; null for all
 * @param to the first moment that does not count any more
 * @param label stands in the label, whatever its letters' case
 * @param withoutSignIns leaves out what there is most of
 */
record AuditFilter(
        UUID account,
        ActorKind actor,
        List<String> actions,
        AuditObject.Kind object,
        String objectId,
        Instant from,
        Instant to,
        String label,
        boolean withoutSignIns) {
    private static final int LONGEST = 200;

    /** As the parameters of a query give it. */
    static AuditFilter of(
            UUID account,
            String actor,
            String action,
            String object,
            String id,
            String from,
            String to,
            String q,
            Boolean signIns) {
        return new AuditFilter(
                account,
                named("actor", actor, ActorKind.values(), ActorKind::wireName),
                actions(text("action", action)),
                named("object", object, AuditObject.Kind.values(), AuditObject.Kind::wireName),
                text("id", id),
                moment("from", from),
                moment("to", to),
                lowerCase(text("q", q)),
                Boolean.FALSE.equals(signIns));
    }

    private static String text(String parameter, String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST) {
            throw Problem.ofField(
                    ProblemCode.INVALID,
                    parameter,
                    FieldRule.TOO_LONG,
                    Map.of("max", LONGEST),
                    parameter + ": has at most " + LONGEST + " characters");
        }
        return value.strip();
    }

    private static String lowerCase(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static List<String> actions(String wanted) {
        if (wanted == null) {
            return null;
        }
        List<String> found = Stream.of(AuditAction.values())
                .filter(action ->
                        action.wireName().equals(wanted) || action.group().equals(wanted))
                .map(AuditAction::wireName)
                .toList();
        if (found.isEmpty()) {
            throw malformed("action", "is an action such as reply.published, or a group of them such as reply");
        }
        return found;
    }

    private static <E> E named(String parameter, String value, E[] all, Function<E, String> wireName) {
        String wanted = text(parameter, value);
        if (wanted == null) {
            return null;
        }
        return Stream.of(all)
                .filter(each -> wireName.apply(each).equals(wanted))
                .findFirst()
                .orElseThrow(() -> malformed(
                        parameter,
                        "is one of "
                                + String.join(", ", Stream.of(all).map(wireName).toList())));
    }

    private static Instant moment(String parameter, String value) {
        String text = text(parameter, value);
        if (text == null) {
            return null;
        }
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            if (moment.isBefore(Instant.EPOCH) || moment.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) {
                throw new DateTimeException("the database may not know such a time");
            }
            return moment;
        } catch (DateTimeException unreadable) {
            throw malformed(parameter, "is a time such as 2026-11-29T08:00:00Z");
        }
    }

    private static Problem malformed(String parameter, String rule) {
        return Problem.ofField(parameter, FieldRule.MALFORMED, parameter + ": " + rule);
    }
}
