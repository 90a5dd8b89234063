package io.replyloop.curation;

import io.replyloop.dataset.AllExamples;
import io.replyloop.feedback.Outcome;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Which examples somebody wants to see, as conditions on {@code example e}, {@code decision d} and {@code dataset_side s}. */
final class ExampleFilter {
    private static final int LONGEST = 200;

    /** As the parameters of a query give it; null and an empty text mean any. */
    record Asked(
            String q,
            String label,
            String outcome,
            UUID agent,
            UUID reply,
            UUID conversation,
            String language,
            Boolean excluded,
            Boolean corrected,
            String side,
            String from,
            String to,
            String origin,
            UUID act) {}

    /** Imported history teaches, and neither chooses nor measures. */
    static final String SIDE = "coalesce(s.side, o.side, case when e." + AllExamples.OF_HISTORY + " then 'train' end)";

    private static final Map<String, String> ORIGINS = Map.of(
            "decision", AllExamples.OF_DECISIONS,
            "file", AllExamples.OF_FILES,
            "history", AllExamples.OF_HISTORY);

    private final StringBuilder conditions = new StringBuilder("true");
    private final Map<String, Object> parameters = new HashMap<>();
    private String from = AllExamples.FROM;
    private final boolean ofDecision;
    private final boolean ofSide;

    private ExampleFilter(Asked asked) {
        label(word("label", asked.label, "fits", "does-not-fit"));
        Optional<String> outcome = word(
                "outcome",
                asked.outcome,
                Stream.of(Outcome.values()).map(Outcome::wireName).toArray(String[]::new));
        outcome.ifPresent(value -> and("coalesce(d.outcome, m.outcome) = :outcome", "outcome", value));
        given(asked.agent).ifPresent(value -> and("coalesce(d.agent_id, m.agent_id) = :agent", "agent", value));
        given(asked.reply).ifPresent(value -> and("e.reply_id = :reply", "reply", value));
        given(asked.conversation).ifPresent(value -> and("e.conversation_id = :conversation", "conversation", value));
        language(word("language", asked.language, "zh", "other"));
        given(asked.excluded).ifPresent(value -> and("e.excluded = :excluded", "excluded", value));
        if (asked.corrected != null) {
            conditions.append(" and e.original_label is ").append(asked.corrected ? "not null" : "null");
        }
        Optional<String> side = word("side", asked.side, "train", "dev", "test", "none");
        side.ifPresent(this::side);
        moment("from", asked.from).ifPresent(value -> and("e.created_at >= :from", "from", value));
        moment("to", asked.to).ifPresent(value -> and("e.created_at < :to", "to", value));
        text(asked.q).flatMap(SearchedWords::of).ifPresent(this::words);
        word("origin", asked.origin, "decision", "file", "history")
                .ifPresent(value -> conditions.append(" and e.").append(ORIGINS.get(value)));
        // An act has 500 examples at most.
        given(asked.act)
                .ifPresent(value ->
                        and("e.id = any(array(select example_id from curation_act where act = :act))", "act", value));
        ofDecision = outcome.isPresent() || asked.agent != null;
        ofSide = side.isPresent();
    }

    static ExampleFilter of(Asked asked) {
        return new ExampleFilter(asked);
    }

    /** Where to read from: the tables that the conditions speak of. */
    String tables() {
        return from + "e"
                + (ofDecision
                        ? " left join decision d on d.id = e.decision_id left join imported_example m on m.id = e.id"
                        : "")
                + (ofSide
                        ? " left join dataset_side s on s.conversation_id = e.conversation_id left join imported_conversation o on o.id = e.conversation_id"
                        : "");
    }

    String conditions() {
        return conditions.toString();
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    private void label(Optional<String> label) {
        label.ifPresent(value -> conditions.append(" and e.label ").append(value.equals("fits") ? ">= 0.5" : "< 0.5"));
    }

    private void language(Optional<String> language) {
        language.ifPresent(value -> conditions
                .append(" and e.query ")
                .append(value.equals("zh") ? "~" : "!~")
                .append(" '[㐀-鿿]'"));
    }

    private void words(SearchedWords searched) {
        parameters.put("words", searched.query());
        from = AllExamples.from("example_words(query, reply_text) @@ to_tsquery('pg_catalog.simple', :words)");
        for (int i = 0; i < searched.rows().size(); i++) {
            String row = "row" + i;
            and(
                    "(strpos(e.query, :" + row + ") > 0 or strpos(e.reply_text, :" + row + ") > 0)",
                    row,
                    searched.rows().get(i));
        }
    }

    private void side(String side) {
        if (side.equals("none")) {
            conditions.append(" and ").append(SIDE).append(" is null");
        } else {
            and(SIDE + " = :side", "side", side);
        }
    }

    private void and(String condition, String parameter, Object value) {
        conditions.append(" and ").append(condition);
        parameters.put(parameter, value);
    }

    private static <T> Optional<T> given(T value) {
        return Optional.ofNullable(value);
    }

    private static Optional<String> text(String value) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        if (value.length() > LONGEST) {
            throw Problem.ofField(
                    ProblemCode.INVALID,
                    "q",
                    FieldRule.TOO_LONG,
                    Map.of("max", LONGEST),
                    "q: has at most " + LONGEST + " characters");
        }
        return Optional.of(value);
    }

    private static Optional<String> word(String parameter, String value, String... known) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        if (!List.of(known).contains(value)) {
            throw Problem.ofField(
                    parameter, FieldRule.MALFORMED, parameter + ": is one of " + String.join(", ", known));
        }
        return Optional.of(value);
    }

    private static Optional<Instant> moment(String parameter, String value) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        try {
            Instant moment = OffsetDateTime.parse(value).toInstant();
            if (moment.isBefore(Instant.EPOCH) || moment.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) {
                throw new DateTimeException("the database may not know such a time");
            }
            return Optional.of(moment);
        } catch (DateTimeException made) {
            throw Problem.ofField(
                    parameter, FieldRule.MALFORMED, parameter + ": is a time such as 2026-11-29T08:00:00Z");
        }
    }
}
