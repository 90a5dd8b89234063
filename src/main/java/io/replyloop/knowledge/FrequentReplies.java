package io.replyloop.knowledge;

import io.replyloop.audit.AuditAction;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.site.FrequentQuestion;
import io.replyloop.site.FrequentQuestions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;

/**
 * Replies that customers are offered before they write. Each chat that is opened asks for them, so what is known is kept for
 * some seconds.
 */
@ApplicationScoped
@Transactional
public class FrequentReplies implements FrequentQuestions {
    /** Of a language; more would be a list to search in. */
    static final int MOST = 6;

    /** What is read in a chat; longer answers are pages of their own. */
    static final int LONGEST_TEXT = 2_000;

    private static final int DAYS = 90;
    private static final Duration FRESH = Duration.ofSeconds(5);

    private record Known(List<FrequentQuestion> offered, Instant at) {}

    private final Session session;
    private final ReplyRecord record;
    private volatile Known known;

    FrequentReplies(Session session, ReplyRecord record) {
        this.session = session;
        this.record = record;
    }

    @Override
    public List<FrequentQuestion> offered() {
        Known fresh = known;
        if (fresh == null || fresh.at().plus(FRESH).isBefore(Instant.now())) {
            fresh = new Known(load(), Instant.now());
            known = fresh;
        }
        return fresh.offered();
    }

    private List<FrequentQuestion> load() {
        Map<String, Integer> ofLanguage = new HashMap<>();
        return marked().stream()
                .flatMap(reply ->
                        text(reply)
                                .map(text -> new FrequentQuestion(reply.id, reply.title, text, reply.language))
                                .stream())
                // What was marked in time is shown, also if a reply has changed its language since.
                .filter(question -> ofLanguage.merge(spoken(question.language()), 1, Integer::sum) <= MOST)
                .toList();
    }

    /** All that are marked, in the order of their marks. */
    public List<FrequentReply> list() {
        Map<UUID, Tuple> verdicts = new HashMap<>();
        session.createNativeQuery("""
                        select reply_id as reply, cast(sum(helped) as bigint) as helped,
                            cast(sum(not_helped) as bigint) as not_helped
                        from frequent_reply_verdict where day > current_date - :days group by reply_id""", Tuple.class)
                .setParameter("days", DAYS)
                .getResultList()
                .forEach(row -> verdicts.put(row.get("reply", UUID.class), row));
        return marked().stream()
                .map(reply -> new FrequentReply(
                        reply.id,
                        reply.title,
                        reply.language,
                        text(reply).isPresent(),
                        counted(verdicts.get(reply.id), "helped"),
                        counted(verdicts.get(reply.id), "not_helped")))
                .toList();
    }

    /** Offers a reply to customers, or does so no longer; doing it again changes nothing. */
    public void mark(UUID id, boolean offer) {
        // One at a time: of two who mark the last that is free, the second is told.
        RevisionLock.take(session);
        Reply reply = Optional.ofNullable(session.find(Reply.class, id)).orElseThrow(() -> Problem.notFound("reply"));
        boolean before = marked().contains(reply);
        if (before == offer) {
            return;
        }
        if (offer) {
            check(reply);
            session.createNativeMutationQuery("insert into frequent_reply (reply_id) values (:id)")
                    .setParameter("id", id)
                    .executeUpdate();
        } else {
            session.createNativeMutationQuery("delete from frequent_reply where reply_id = :id")
                    .setParameter("id", id)
                    .executeUpdate();
        }
        known = null;
        record.changed(AuditAction.REPLY_CHANGED, reply.view(0, null), "frequent", before, offer);
    }

    /** Counts what a customer said of an answer; nothing is known of who it was. */
    public void judge(UUID id, boolean helped) {
        if (offered().stream().noneMatch(question -> question.reply().equals(id))) {
            throw Problem.notFound("frequent question");
        }
        session.createNativeMutationQuery("""
                        insert into frequent_reply_verdict (reply_id, day, helped, not_helped)
                        values (:id, current_date, :helped, :notHelped)
                        on conflict (reply_id, day) do update set
                            helped = frequent_reply_verdict.helped + excluded.helped,
                            not_helped = frequent_reply_verdict.not_helped + excluded.not_helped""")
                .setParameter("id", id)
                .setParameter("helped", helped ? 1 : 0)
                .setParameter("notHelped", helped ? 0 : 1)
                .executeUpdate();
    }

    private void check(Reply reply) {
        if (reply.state != ReplyState.PUBLISHED) {
            throw new Problem(ProblemCode.INVALID, "Customers read published replies only. Publish it first.");
        }
        if (reply.text.length() > LONGEST_TEXT) {
            throw new Problem(
                    ProblemCode.INVALID,
                    "The text is too long to be read before a conversation: " + reply.text.length()
                            + " characters; at most " + LONGEST_TEXT + " are allowed.");
        }
        if (text(reply).isEmpty()) {
            throw new Problem(
                    ProblemCode.INVALID,
                    "The text names who reads or sends it, which is not known before a conversation. Give each of its"
                            + " variables a text for that case, such as {{customer.name|there}}.");
        }
        long others = marked().stream()
                .filter(other -> text(other).isPresent())
                .filter(other -> spoken(other.language).equals(spoken(reply.language)))
                .count();
        if (others >= MOST) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "There are " + MOST + " frequent questions in this language already. Take one of them away first.");
        }
    }

    /** What customers read; empty where it cannot be read as it stands. */
    private static Optional<String> text(Reply reply) {
        return Optional.of(reply)
                .filter(each -> each.state == ReplyState.PUBLISHED && each.text.length() <= LONGEST_TEXT)
                .flatMap(each -> ReplyVariables.withoutNames(each.text));
    }

    private List<Reply> marked() {
        return session.createNativeQuery(
                        "select r.* from frequent_reply f join reply r on r.id = f.reply_id"
                                + " order by f.marked_at, f.reply_id",
                        Reply.class)
                .getResultList();
    }

    private static long counted(Tuple row, String column) {
        return Stream.ofNullable(row)
                .map(each -> each.get(column, Long.class))
                .findFirst()
                .orElse(0L);
    }

    private static String spoken(String language) {
        return Locale.forLanguageTag(language).getLanguage();
    }
}
