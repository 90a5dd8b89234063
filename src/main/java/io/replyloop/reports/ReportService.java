package io.replyloop.reports;

import static io.replyloop.reports.ReportRows.counts;
import static io.replyloop.reports.ReportRows.day;
import static io.replyloop.reports.ReportRows.difference;
import static io.replyloop.reports.ReportRows.number;
import static io.replyloop.reports.ReportRows.share;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.reports.ReportView.AgentRow;
import io.replyloop.reports.ReportView.Bucket;
import io.replyloop.reports.ReportView.Change;
import io.replyloop.reports.ReportView.Counts;
import io.replyloop.reports.ReportView.Coverage;
import io.replyloop.reports.ReportView.Learned;
import io.replyloop.reports.ReportView.LearnedBucket;
import io.replyloop.reports.ReportView.Learning;
import io.replyloop.reports.ReportView.ModelRow;
import io.replyloop.reports.ReportView.NamedRow;
import io.replyloop.reports.ReportView.ReplyRow;
import io.replyloop.reports.ReportView.Unused;
import io.replyloop.reports.SummaryView.Figures;
import io.replyloop.training.ScheduleService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;

/** Counts a report when it is asked for, in a transaction that reads alone and is given up when it takes too long. */
@ApplicationScoped
@Transactional
public class ReportService {
    /** Rows of replies on the page; the export has all. */
    static final int MOST_REPLIES = 200;

    /** What PostgreSQL says of a statement that has taken too long. */
    private static final String GIVEN_UP = "57014";

    /** Reports that are counted at the same time on this node; messages need the database, too. */
    private static final int AT_ONCE = 2;

    /** For a place: whoever tries several filters leaves reports behind that nobody waits for any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Counts NONE = Counts.NONE;

    private final Session database;
    private final ScheduleService schedule;
    private final ReportsConfig config;
    private final AuditLog audit;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    ReportService(Session database, ScheduleService schedule, ReportsConfig config, AuditLog audit) {
        this.database = database;
        this.schedule = schedule;
        this.config = config;
        this.audit = audit;
    }

    /** @param agent refused where reports do not tell agents apart */
    ReportFilter filter(String from, String to, String language, String category, UUID agent) {
        if (agent != null && !config.byAgent()) {
            throw new Problem(
                    ProblemCode.NOT_ALLOWED,
                    "Reports do not tell agents apart here (replyloop.reports.by-agent). Leave out the agent.");
        }
        ZoneId zone = ZoneId.of(schedule.schedule().timeZone());
        return ReportFilter.of(from, to, language, category, agent, zone, Instant.now());
    }

    /** Whoever takes figures out of the application leaves an entry. */
    void exported(String table, ReportFilter filter) {
        Map<String, Object> what = new HashMap<>();
        what.put("table", table);
        what.put("from", filter.from());
        what.put("to", filter.to());
        what.put("language", filter.language());
        what.put("category", filter.category());
        what.put("agent", filter.agent());
        audit.record(AuditAction.REPORT_EXPORTED, AuditObject.theOnly(AuditObject.Kind.REPORT), AuditDetails.of(what));
    }

    /** @param mostReplies how many replies get a row of their own */
    ReportView report(ReportFilter filter, int mostReplies) {
        return inPlace(() -> {
            begin();
            find(filter);
            return counted(filter, mostReplies);
        });
    }

    /** The days up to today, and as many before. */
    public SummaryView summary(int days) {
        return inPlace(() -> {
            ZoneId zone = ZoneId.of(schedule.schedule().timeZone());
            LocalDate today = LocalDate.ofInstant(Instant.now(), zone);
            ReportFilter filter = new ReportFilter(today.minusDays(days - 1L), today, zone, null, null, null);
            begin();
            return new SummaryView(filter.from(), filter.to(), zone.getId(), figures(filter), figures(filter.before()));
        });
    }

    private Figures figures(ReportFilter filter) {
        database.createNativeMutationQuery(ReportSql.FORGET).executeUpdate();
        find(filter);
        ReportRows rows = new ReportRows(database, filter);
        Map<Integer, List<Tuple>> parts = parts(rows);
        return new Figures(
                total(parts),
                overTime(rows, parts.getOrDefault(ReportSql.BY_DAY, List.of())),
                Handling.of(rows, Responses.of(rows)),
                Satisfaction.of(rows, false));
    }

    private <T> T inPlace(Supplier<T> count) {
        takePlace();
        try {
            return count.get();
        } catch (RuntimeException failure) {
            if (isGivenUp(failure)) {
                throw new Problem(
                        ProblemCode.UNAVAILABLE,
                        "The report takes too long to count. Choose a shorter period, or try again later.",
                        failure);
            }
            throw failure;
        } finally {
            places.release();
        }
    }

    /** Nothing has been read yet, so whoever waits keeps no connection from others. */
    private void takePlace() {
        try {
            if (places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        throw new Problem(ProblemCode.UNAVAILABLE, "Other reports are being counted. Try again in a moment.");
    }

    /** Reports that wait until they are counted. */
    int waiting() {
        return places.getQueueLength();
    }

    /** What is stored is read alone: all that is written is a table which goes with the transaction. */
    private void begin() {
        database.createNativeMutationQuery(ReportSql.FOUND_TABLE).executeUpdate();
        database.createNativeQuery(
                        "select set_config('transaction_read_only', 'on', true)"
                                + " || set_config('statement_timeout', :limit, true)"
                                // A year is sorted in memory, by one core: messages need the others.
                                + " || set_config('work_mem', '64MB', true) || set_config('jit', 'off', true)"
                                + " || set_config('max_parallel_workers_per_gather', '0', true)",
                        String.class)
                .setParameter("limit", Long.toString(config.timeout().toMillis()))
                .getSingleResult();
    }

    private void find(ReportFilter filter) {
        new ReportRows(database, filter).change(ReportSql.FIND);
    }

    private static boolean isGivenUp(Throwable failure) {
        return failure != null
                && (failure instanceof SQLException sql && GIVEN_UP.equals(sql.getSQLState())
                        || isGivenUp(failure.getCause()));
    }

    private ReportView counted(ReportFilter filter, int mostReplies) {
        ReportRows rows = new ReportRows(database, filter);
        Map<Integer, List<Tuple>> parts = parts(rows);
        List<ReplyRow> replies = replies(rows, parts.getOrDefault(ReportSql.BY_REPLY, List.of()));
        Responses responses = Responses.of(rows);
        return new ReportView(
                filter.from(),
                filter.to(),
                filter.zone().getId(),
                filter.unit(),
                config.byAgent(),
                total(parts),
                acceptance(rows),
                overTime(rows, parts.getOrDefault(ReportSql.BY_DAY, List.of())),
                replies.stream().limit(mostReplies).toList(),
                categories(parts.getOrDefault(ReportSql.BY_CATEGORY, List.of())),
                config.byAgent() ? agents(rows, parts.getOrDefault(ReportSql.BY_AGENT, List.of())) : List.of(),
                models(parts.getOrDefault(ReportSql.BY_MODEL, List.of())),
                responses.rows(),
                responses.overTime(),
                Handling.of(rows, responses),
                Satisfaction.of(rows, config.byAgent()),
                coverage(rows, replies, mostReplies),
                learning(rows));
    }

    private static Map<Integer, List<Tuple>> parts(ReportRows rows) {
        return rows.of(ReportSql.PARTS).stream()
                .collect(Collectors.groupingBy(row -> number(row, "part").intValue()));
    }

    private static Counts total(Map<Integer, List<Tuple>> parts) {
        return parts.getOrDefault(ReportSql.IN_ALL, List.of()).stream()
                .findFirst()
                .map(ReportRows::counts)
                .orElse(NONE);
    }

    private static Change acceptance(ReportRows rows) {
        ClusteredShare now = share(rows.of(ReportSql.TAKEN).get(0));
        ClusteredShare before =
                share(new ReportRows(rows.database(), rows.filter().before())
                        .of(ReportSql.TAKEN_THEN)
                        .get(0));
        boolean comparable = now.isEnough() && before.isEnough();
        double change = now.mean() - before.mean();
        return new Change(
                now.count(),
                now.clusters(),
                now.count() == 0 ? null : now.mean(),
                now.isEnough() ? now.margin() : null,
                before.count(),
                before.count() == 0 ? null : before.mean(),
                comparable ? change - now.marginTo(before) : null,
                comparable ? change + now.marginTo(before) : null);
    }

    private static List<Bucket> overTime(ReportRows rows, List<Tuple> found) {
        Map<LocalDate, Counts> counts = new HashMap<>();
        found.forEach(row -> counts.put(day(row), counts(row)));
        return rows.buckets().stream()
                .map(day -> new Bucket(day, counts.getOrDefault(day, NONE)))
                .toList();
    }

    private static List<ReplyRow> replies(ReportRows rows, List<Tuple> found) {
        Map<UUID, Counts> counts = new HashMap<>();
        found.stream()
                .filter(row -> row.get("reply") != null)
                .forEach(row -> counts.put(row.get("reply", UUID.class), counts(row)));
        Map<UUID, Long> suggested = times(rows.of(ReportSql.SUGGESTED));
        Map<UUID, Long> rejected = times(rows.of(ReportSql.REJECTED));
        Set<UUID> ids = Stream.of(counts.keySet(), suggested.keySet(), rejected.keySet())
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
        Map<UUID, ReplyRow> named = rows.byId(ReportSql.TITLES, ids, row -> {
            UUID id = row.get("id", UUID.class);
            Counts own = counts.getOrDefault(id, NONE);
            return new ReplyRow(
                    id,
                    row.get("title", String.class),
                    row.get("category", String.class),
                    suggested.getOrDefault(id, 0L),
                    own.sent(),
                    own.edited(),
                    own.lookedUp(),
                    rejected.getOrDefault(id, 0L));
        });
        return named.values().stream()
                .sorted(Comparator.comparingLong(ReplyRow::used)
                        .thenComparingLong(ReplyRow::suggested)
                        .reversed()
                        .thenComparing(ReplyRow::title)
                        .thenComparing(ReplyRow::id))
                .toList();
    }

    private static Map<UUID, Long> times(List<Tuple> rows) {
        Map<UUID, Long> times = new HashMap<>();
        rows.forEach(row -> times.put(row.get("reply", UUID.class), row.get("times", Long.class)));
        return times;
    }

    /** Of answers with a reply. */
    private static List<NamedRow> categories(List<Tuple> found) {
        return found.stream()
                .map(row -> new NamedRow(row.get("category", String.class), withReply(counts(row))))
                .filter(row -> row.counts().answers() > 0)
                .sorted(Comparator.comparingLong((NamedRow row) -> row.counts().answers())
                        .reversed()
                        .thenComparing(NamedRow::name, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    private static Counts withReply(Counts all) {
        long answers = all.answers() - all.own();
        return new Counts(answers, 0, answers, all.sent(), all.edited(), all.lookedUp(), 0, all.rejected());
    }

    private static List<AgentRow> agents(ReportRows rows, List<Tuple> found) {
        Map<UUID, Counts> counts = new LinkedHashMap<>();
        found.stream()
                .filter(row -> row.get("agent") != null)
                .forEach(row -> counts.put(row.get("agent", UUID.class), counts(row)));
        Map<UUID, String> names = rows.byId(ReportSql.AGENTS, counts.keySet(), row -> row.get("name", String.class));
        return counts.entrySet().stream()
                .map(each -> new AgentRow(each.getKey(), names.get(each.getKey()), each.getValue()))
                .sorted(Comparator.comparing(AgentRow::name).thenComparing(AgentRow::id))
                .toList();
    }

    private static List<ModelRow> models(List<Tuple> found) {
        return found.stream()
                .map(row -> new ModelRow(number(row, "model").longValue(), counts(row)))
                .sorted(Comparator.comparingLong(ModelRow::model).reversed())
                .toList();
    }

    private static Coverage coverage(ReportRows rows, List<ReplyRow> replies, int most) {
        Set<UUID> used = replies.stream()
                .filter(reply -> reply.used() > 0)
                .map(ReplyRow::id)
                .collect(Collectors.toSet());
        List<Tuple> published = rows.of(ReportSql.PUBLISHED);
        List<Unused> unused = published.stream()
                .filter(row -> !used.contains(row.get("id", UUID.class)))
                .map(row -> new Unused(
                        row.get("id", UUID.class), row.get("title", String.class), row.get("category", String.class)))
                .toList();
        return new Coverage(
                published.size(),
                published.size() - (long) unused.size(),
                unused.stream().limit(most).toList());
    }

    private Learning learning(ReportRows rows) {
        Tuple all = rows.of(ReportSql.LEARNED).get(0);
        long count = number(all, "count").longValue();
        List<LearnedBucket> overTime = rows.of(ReportSql.LEARNED_BY_DAY).stream()
                .map(row -> new LearnedBucket(
                        day(row),
                        row.get("count", Long.class),
                        number(row, "first").longValue(),
                        number(row, "first_before").longValue(),
                        number(row, "among").longValue(),
                        number(row, "among_before").longValue()))
                .toList();
        return new Learning(
                count,
                number(all, "clusters").longValue(),
                rows.of(ReportSql.NOT_COMPARED_YET).get(0).get("waiting", Long.class),
                config.firstDay(),
                count == 0 ? null : learned(all, "first"),
                count == 0 ? null : learned(all, "among"),
                overTime);
    }

    private static Learned learned(Tuple all, String which) {
        double count = number(all, "count").doubleValue();
        ClusteredShare difference = difference(all, which);
        return new Learned(
                number(all, which).doubleValue() / count,
                number(all, which + "_before").doubleValue() / count,
                difference.isEnough() ? difference.mean() - difference.margin() : null,
                difference.isEnough() ? difference.mean() + difference.margin() : null);
    }
}
