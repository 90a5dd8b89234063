package io.replyloop.history;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.gaps.DraftProposal;
import io.replyloop.gaps.GapsView;
import io.replyloop.history.TaughtPairs.Asked;
import io.replyloop.knowledge.AskedQuestion;
import io.replyloop.knowledge.ConversationQuestions;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.knowledge.ReplyVariables;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.ErasureLock;
import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.Session;

/** The drafts of an import: one becomes a reply with the questions that it answered, or is joined to another, or discarded. */
@ApplicationScoped
@Transactional
class HistoryDrafts {
    /** What {@link Placeholders} or masking has put there. */
    static final Pattern LEFT_OPEN = ReplyVariables.TO_FILL_IN;

    private static final int EXAMPLES = 4;
    private static final int ALL_EXAMPLES = 60;
    /** The newest messages in which is looked for what may be filled in. */
    private static final int MOST_FOR_BLANKS = 600;
    /** No index holds more of a reply. */
    private static final int MOST_QUESTIONS = 2_000;

    private static final String COLUMNS =
            "select d.id, d.import_id, d.title, d.text, d.language, d.small_talk, d.uses, d.state, d.reply_id, d.place"
                    + " from history_draft d join history_import i on i.id = d.import_id";

    private final Session session;
    private final KnowledgeService knowledge;
    private final ConversationQuestions questions;
    private final TaughtPairs taught;
    private final AuditLog audit;

    HistoryDrafts(
            Session session,
            KnowledgeService knowledge,
            ConversationQuestions questions,
            TaughtPairs taught,
            AuditLog audit) {
        this.session = session;
        this.knowledge = knowledge;
        this.questions = questions;
        this.taught = taught;
        this.audit = audit;
    }

    private record Place(UUID conversation, int turn, Answer answer, Instant said) {}

    /** Of one import, those that would have been used most first. */
    Page<HistoryDraft> list(UUID id, String state, String cursor, Integer limit) {
        int after = cursor == null ? -1 : place(cursor);
        int size = Page.limit(limit);
        List<Tuple> rows = session.createNativeQuery(
                        COLUMNS + " where d.import_id = :id and d.state = :state and d.place > :after"
                                + " order by d.place limit :most",
                        Tuple.class)
                .setParameter("id", id)
                .setParameter("state", state)
                .setParameter("after", after)
                .setParameter("most", size + 1)
                .getResultList();
        List<Tuple> page = rows.subList(0, Math.min(size, rows.size()));
        String next = rows.size() > size
                ? Cursor.encode(page.get(size - 1).get("place", Integer.class).toString())
                : null;
        return new Page<>(page.stream().map(row -> view(row, EXAMPLES, null)).toList(), next);
    }

    private static int place(String cursor) {
        try {
            return Integer.parseInt(Cursor.decode(cursor, 1).parts().get(0));
        } catch (NumberFormatException made) {
            throw Cursor.madeUp(made);
        }
    }

    /** With more of its questions, and what may be filled in. */
    HistoryDraft get(UUID id) {
        Tuple row = row(id, false);
        return view(row, ALL_EXAMPLES, blanks(id, row.get("text", String.class)));
    }

    private List<DraftBlank> blanks(UUID id, String text) {
        if (!LEFT_OPEN.matcher(text).find()) {
            return List.of();
        }
        List<Tuple> rows = session.createNativeQuery(
                        "select a.turn, c.messages, c.masked_by, coalesce(c.said_at[a.turn + 1], c.started_at) as said"
                                + " from history_answer a join history_conversation c on c.id = a.conversation_id"
                                + " where a.draft_id = :id order by said desc nulls last, a.place limit :most",
                        Tuple.class)
                .setParameter("id", id)
                .setParameter("most", MOST_FOR_BLANKS)
                .getResultList();
        return DraftBlanks.of(
                text,
                rows.stream()
                        .map(row -> new DraftBlanks.Message(
                                StoredTurns.read(masked(row))
                                        .get(row.get("turn", Integer.class))
                                        .text(),
                                row.get("said", Instant.class)))
                        .toList());
    }

    /** What the form of a new reply begins with. */
    DraftProposal proposal(UUID id) {
        HistoryDraft draft = get(id);
        List<GapsView.Answer> answers = new ArrayList<>();
        Set<String> said = new HashSet<>();
        for (Place place : places(id, ALL_EXAMPLES)) {
            Answer answer = place.answer();
            String text = answers.isEmpty() ? draft.text() : answer.text();
            if (said.add(ReplyText.normalised(text))) {
                answers.add(new GapsView.Answer(text, answer.question(), place.conversation(), place.turn()));
            }
        }
        return new DraftProposal(draft.title(), draft.text(), draft.language(), draft.questions(), answers);
    }

    /** The reply begins as a draft of the knowledge base; once it is published, it is found by its questions. */
    ReplyView write(UUID id, ReplyDraft wanted, UUID by) {
        session.doWork(ErasureLock::shared);
        Tuple row = open(id);
        List<Asked> asked = asked(id);
        ReplyView reply = knowledge.create(wanted, questions(asked), by);
        taught.add(row.get("import_id", UUID.class), id, reply.id(), reply.text(), asked);
        session.createNativeMutationQuery(
                        "update history_draft set state = 'written', reply_id = :reply where id = :id")
                .setParameter("reply", reply.id())
                .setParameter("id", row.get("id", UUID.class))
                .executeUpdate();
        return reply;
    }

    /** As it is, at once. */
    ReplyView publish(UUID id, UUID by) {
        session.doWork(ErasureLock::shared);
        Tuple row = open(id);
        Matcher leftOpen = LEFT_OPEN.matcher(row.get("text", String.class));
        if (leftOpen.find()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "The draft still has " + leftOpen.group() + ", which customers would read. Edit it first.");
        }
        ReplyDraft wanted = new ReplyDraft(
                null,
                row.get("title", String.class),
                row.get("text", String.class),
                row.get("language", String.class),
                List.of(),
                null,
                null);
        return knowledge.publish(write(id, wanted, by).id(), by);
    }

    void discard(UUID id) {
        Tuple row = open(id);
        state(id, "discarded");
        record(AuditAction.HISTORY_DRAFT_DISCARDED, row, Map.of());
    }

    void restore(UUID id) {
        Tuple row = row(id, true);
        if (!row.get("state", String.class).equals("discarded")) {
            throw new Problem(ProblemCode.CONFLICT, "This draft is not discarded any more. Load the page again.");
        }
        state(id, "open");
        record(AuditAction.HISTORY_DRAFT_RESTORED, row, Map.of());
    }

    private void state(UUID id, String state) {
        session.createNativeMutationQuery("update history_draft set state = :state where id = :id")
                .setParameter("state", state)
                .setParameter("id", id)
                .executeUpdate();
    }

    /** The other one stands for both from now on; if it is a reply already, that has answered these questions, too. */
    HistoryDraft merge(UUID id, UUID into) {
        if (id.equals(into)) {
            throw new Problem(ProblemCode.INVALID, "A draft cannot be joined to itself. Choose another one.");
        }
        session.doWork(ErasureLock::shared);
        // Always in the same order, so that two who join them both ways wait for one another.
        row(id.compareTo(into) < 0 ? id : into, true);
        Tuple gone = open(id);
        Tuple other = row(into, true);
        if (!gone.get("import_id", UUID.class).equals(other.get("import_id", UUID.class))) {
            throw new Problem(ProblemCode.INVALID, "The drafts are of two imports. Choose one of the same import.");
        }
        UUID reply = other.get("reply_id", UUID.class);
        if (reply != null) {
            List<Asked> asked = asked(id);
            String text = knowledge.get(reply).text();
            taught.add(gone.get("import_id", UUID.class), into, reply, text, asked);
            // Last, since agents' answers wait for its lock.
            questions.remember(Map.of(reply, questions(asked)));
        }
        session.createNativeMutationQuery(
                        "update history_answer set draft_id = :into, place = place + 1000000" + " where draft_id = :id")
                .setParameter("into", into)
                .setParameter("id", id)
                .executeUpdate();
        session.createNativeMutationQuery("delete from history_draft where id = :id")
                .setParameter("id", id)
                .executeUpdate();
        session.createNativeMutationQuery("update history_draft set uses = uses + :uses,"
                        + " state = case when state = 'discarded' then 'open' else state end where id = :into")
                .setParameter("uses", gone.get("uses", Integer.class))
                .setParameter("into", into)
                .executeUpdate();
        record(AuditAction.HISTORY_DRAFT_MERGED, gone, Map.of("into", number(other)));
        return get(into);
    }

    private void record(AuditAction action, Tuple row, Map<String, Object> details) {
        audit.record(
                action,
                AuditObject.numbered(AuditObject.Kind.HISTORY_DRAFT, row.get("id", UUID.class), number(row)),
                AuditDetails.of(details));
    }

    /** Its place among the drafts of its import. Its title may be a question of somebody who is to be forgotten later. */
    private static int number(Tuple row) {
        return row.get("place", Integer.class) + 1;
    }

    private Tuple open(UUID id) {
        Tuple row = row(id, true);
        if (!row.get("state", String.class).equals("open")) {
            throw new Problem(
                    ProblemCode.CONFLICT, "Somebody has decided about this draft already. Load the page again.");
        }
        return row;
    }

    /** Of an import that is wanted: drafts of one that nobody has confirmed are not shown yet. */
    private Tuple row(UUID id, boolean locked) {
        if (locked) {
            // The import comes first, as for whoever undoes it or deletes conversations of it.
            session.createNativeQuery(
                            "select 1 from history_import where id = (select import_id from history_draft where id = :id)"
                                    + " for share",
                            Integer.class)
                    .setParameter("id", id)
                    .getResultList();
        }
        return session.createNativeQuery(
                        COLUMNS + " where d.id = :id and i.state = 'imported'" + (locked ? " for update of d" : ""),
                        Tuple.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("draft"));
    }

    private static List<AskedQuestion> questions(List<Asked> asked) {
        return asked.stream()
                .map(one -> Remembering.asked(one.conversation(), one.answer()))
                .toList();
    }

    private List<Asked> asked(UUID id) {
        List<Asked> asked = new ArrayList<>();
        for (Place place : places(id, MOST_QUESTIONS)) {
            Answer answer = place.answer();
            if (answer.hasQuestion()) {
                asked.add(new Asked(place.conversation(), answer, place.said()));
            }
        }
        return asked;
    }

    private List<Place> places(UUID draft, int most) {
        List<Tuple> rows = session.createNativeQuery(
                        "select a.conversation_id, a.turn, c.messages, c.masked_by,"
                                + " coalesce(c.said_at[a.turn + 1], c.started_at) as said from history_answer a"
                                + " join history_conversation c on c.id = a.conversation_id"
                                + " where a.draft_id = :id order by a.place, a.conversation_id, a.turn limit :most",
                        Tuple.class)
                .setParameter("id", draft)
                .setParameter("most", most)
                .getResultList();
        Map<UUID, Map<Integer, Answer>> read = new HashMap<>();
        List<Place> places = new ArrayList<>();
        for (Tuple row : rows) {
            UUID conversation = row.get("conversation_id", UUID.class);
            int turn = row.get("turn", Integer.class);
            Answer answer =
                    read.computeIfAbsent(conversation, unread -> answers(row)).get(turn);
            if (answer == null) {
                throw new IllegalStateException("Conversation " + conversation + " has no answer " + turn);
            }
            places.add(new Place(conversation, turn, answer, row.get("said", Instant.class)));
        }
        return places;
    }

    /** By their turns. */
    private static Map<Integer, Answer> answers(Tuple row) {
        Map<Integer, Answer> answers = new HashMap<>();
        Answer.of(StoredTurns.read(masked(row))).forEach(answer -> answers.put(answer.turn(), answer));
        return answers;
    }

    /** Conversations of older versions are masked in the background, which may not have come here yet. */
    private static String masked(Tuple row) {
        String stored = row.get("messages", String.class);
        return row.get("masked_by", Short.class) < PersonalData.RULES ? PersonalData.masked(stored) : stored;
    }

    private HistoryDraft view(Tuple row, int examples, List<DraftBlank> blanks) {
        UUID id = row.get("id", UUID.class);
        String text = row.get("text", String.class);
        Set<String> asked = new HashSet<>();
        List<String> some = new ArrayList<>();
        List<String> wordings = new ArrayList<>();
        Set<String> said = new HashSet<>(Set.of(Wording.key(text)));
        for (Place place : places(id, 3 * examples)) {
            Answer answer = place.answer();
            if (answer.hasQuestion() && some.size() < examples && asked.add(ReplyText.normalised(answer.question()))) {
                some.add(answer.question());
            }
            if (wordings.size() < examples && said.add(Wording.key(answer.text()))) {
                wordings.add(answer.text());
            }
        }
        return new HistoryDraft(
                id,
                row.get("title", String.class),
                text,
                row.get("language", String.class),
                row.get("small_talk", Boolean.class),
                row.get("uses", Integer.class),
                row.get("state", String.class),
                row.get("reply_id", UUID.class),
                some,
                wordings,
                blanks);
    }
}
