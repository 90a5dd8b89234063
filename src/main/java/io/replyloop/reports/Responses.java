package io.replyloop.reports;

import static io.replyloop.reports.ReportRows.day;
import static io.replyloop.reports.ReportRows.number;

import io.replyloop.reports.HandlingView.Times;
import io.replyloop.reports.ReportView.ResponseBucket;
import io.replyloop.reports.ReportView.ResponseRow;
import jakarta.persistence.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long answers took.
 *
 * @param rows by kind of answer, all and first ones
 * @param overTime by day and kind
 * @param first first responses of any kind
 * @param firstByDay the same by day; days without one are left out
 */
record Responses(List<ResponseRow> rows, List<ResponseBucket> overTime, Times first, Map<LocalDate, Times> firstByDay) {
    static Responses of(ReportRows rows) {
        List<ResponseRow> byKind = new ArrayList<>();
        List<ResponseBucket> overTime = new ArrayList<>();
        Map<LocalDate, Times> firstByDay = new HashMap<>();
        Times first = Times.NONE;
        for (Tuple row : rows.of(ReportSql.RESPONSES)) {
            int part = number(row, "part").intValue();
            boolean ofFirst = ReportSql.RESPONSES_OF_FIRST.contains(part) && row.get("first", Boolean.class);
            switch (part) {
                case ReportSql.RESPONSES_IN_ALL -> byKind.add(kind(row, false));
                case ReportSql.RESPONSES_BY_FIRST -> {
                    if (ofFirst) {
                        byKind.add(kind(row, true));
                    }
                }
                case ReportSql.RESPONSES_BY_DAY ->
                    overTime.add(new ResponseBucket(
                            day(row),
                            row.get("kind", String.class),
                            row.get("count", Long.class),
                            number(row, "median").doubleValue()));
                case ReportSql.FIRST_IN_ALL -> first = ofFirst ? Handling.times(row) : first;
                default -> {
                    if (ofFirst) {
                        firstByDay.put(day(row), Handling.times(row));
                    }
                }
            }
        }
        return new Responses(byKind, overTime, first, firstByDay);
    }

    private static ResponseRow kind(Tuple row, boolean first) {
        return new ResponseRow(
                row.get("kind", String.class),
                first,
                row.get("count", Long.class),
                number(row, "median").doubleValue(),
                number(row, "p90").doubleValue());
    }
}
