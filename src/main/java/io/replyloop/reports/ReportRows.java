package io.replyloop.reports;

import io.replyloop.reports.ReportView.Counts;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;

/** Rows of the statements in {@link ReportSql}, for one filter. */
record ReportRows(Session database, ReportFilter filter) {
    /** A customer who waits longer than this over the start of a period is counted from the messages within it. */
    private static final Duration WAITED_BEFORE = Duration.ofDays(7);

    private static final Duration ANSWERED_AFTER = Duration.ofDays(31);

    List<Tuple> of(String sql) {
        NativeQuery<Tuple> query = database.createNativeQuery(sql, Tuple.class);
        moments(sql).forEach(query::setParameter);
        texts(sql).forEach((name, text) -> query.setParameter(name, text, String.class));
        return query.getResultList();
    }

    void change(String sql) {
        MutationQuery query = database.createNativeMutationQuery(sql);
        moments(sql).forEach(query::setParameter);
        texts(sql).forEach((name, text) -> query.setParameter(name, text, String.class));
        query.executeUpdate();
    }

    private Map<String, Instant> moments(String sql) {
        return asked(
                sql,
                Map.of(
                        "start",
                        filter.start(),
                        "end",
                        filter.end(),
                        "earlier",
                        filter.start().minus(WAITED_BEFORE),
                        "later",
                        filter.end().plus(ANSWERED_AFTER)));
    }

    private Map<String, String> texts(String sql) {
        Map<String, String> texts = new HashMap<>();
        texts.put("unit", filter.unit());
        texts.put("zone", filter.databaseZone());
        texts.put("language", filter.language());
        texts.put("category", filter.category());
        texts.put("agent", filter.agent() == null ? null : filter.agent().toString());
        return asked(sql, texts);
    }

    /** Those that the statement asks for. */
    private static <T> Map<String, T> asked(String sql, Map<String, T> values) {
        Map<String, T> asked = new HashMap<>(values);
        asked.keySet()
                .removeIf(name ->
                        !Pattern.compile(":" + name + "(?!\\w)").matcher(sql).find());
        return asked;
    }

    <T> Map<UUID, T> byId(String sql, Collection<UUID> ids, Function<Tuple, T> read) {
        Map<UUID, T> found = new HashMap<>();
        List<Tuple> rows = database.createNativeQuery(sql, Tuple.class)
                .setParameter("ids", ids.toArray(UUID[]::new))
                .getResultList();
        rows.forEach(row -> found.put(row.get("id", UUID.class), read.apply(row)));
        return found;
    }

    /** All days or weeks of the period, in order. */
    List<LocalDate> buckets() {
        boolean weeks = "week".equals(filter.unit());
        LocalDate first =
                weeks ? filter.from().minusDays(filter.from().getDayOfWeek().getValue() - 1L) : filter.from();
        List<LocalDate> buckets = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(filter.to()); day = day.plusDays(weeks ? 7 : 1)) {
            buckets.add(day);
        }
        return buckets;
    }

    static Counts counts(Tuple row) {
        return new Counts(
                number(row, "questions").longValue(),
                number(row, "silent").longValue(),
                number(row, "answers").longValue(),
                number(row, "sent").longValue(),
                number(row, "edited").longValue(),
                number(row, "looked_up").longValue(),
                number(row, "own").longValue(),
                number(row, "rejected").longValue());
    }

    static Number number(Tuple row, String name) {
        return (Number) row.get(name);
    }

    static LocalDate day(Tuple row) {
        return LocalDate.parse(row.get("bucket", String.class));
    }

    static ClusteredShare share(Tuple row) {
        return new ClusteredShare(
                number(row, "clusters").longValue(),
                number(row, "count").longValue(),
                number(row, "sum").doubleValue(),
                number(row, "squares").doubleValue(),
                number(row, "products").doubleValue(),
                number(row, "counts").doubleValue());
    }

    /** Of what learning makes different, for {@code first} or {@code among}. */
    static ClusteredShare difference(Tuple row, String which) {
        return new ClusteredShare(
                number(row, "clusters").longValue(),
                number(row, "count").longValue(),
                number(row, which).doubleValue()
                        - number(row, which + "_before").doubleValue(),
                number(row, which + "_squares").doubleValue(),
                number(row, which + "_products").doubleValue(),
                number(row, "counts").doubleValue());
    }
}
