package io.replyloop.knowledge;

import io.replyloop.platform.Cursor;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads and changes replies. {@code by} is the account that makes the change; null for the application itself. */
@ApplicationScoped
@Transactional
public class KnowledgeService {
    /** Which replies to list; null means any. {@code q} is searched in title, text, label and shortcode. */
    public record Filter(ReplyState state, String language, String category, String q, boolean toReview) {
        public static final Filter ANY = new Filter(null, null, null, null);

        public Filter(ReplyState state, String language, String category, String q) {
            this(state, language, category, q, false);
        }

        public Filter {
            language = searchable(language);
            category = searchable(category);
            q = searchable(q);
        }

        /** Returns null if there is nothing to search for; removes characters that no stored text contains. */
        private static String searchable(String text) {
            String plain = text == null ? "" : text.replace("\u0000", "").strip();
            return plain.isEmpty() ? null : plain;
        }
    }

    private final EntityManager entities;
    private final AnsweredQuestions questions;
    private final Validator validator;
    private final Event<KnowledgeChanged> changes;
    private final Instance<ReplyUsage> usage;
    private final ReplyRecord record;

    KnowledgeService(
            EntityManager entities,
            AnsweredQuestions questions,
            Validator validator,
            Event<KnowledgeChanged> changes,
            Instance<ReplyUsage> usage,
            ReplyRecord record) {
        this.entities = entities;
        this.questions = questions;
        this.validator = validator;
        this.changes = changes;
        this.usage = usage;
        this.record = record;
    }

    /** Most recently changed first. */
    public Page<ReplyView> list(Filter filter, String cursor, Integer limit) {
        int size = Page.limit(limit);
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder("from Reply r where 1 = 1");
        if (filter.state() != null) {
            where.append(" and r.state = :state");
            parameters.put("state", filter.state());
        }
        if (filter.language() != null) {
            where.append(" and (lower(r.language) = :language or lower(r.language) like :dialect)");
            String language = filter.language().toLowerCase(Locale.ROOT);
            parameters.put("language", language);
            parameters.put("dialect", escaped(language) + "-%");
        }
        if (filter.category() != null) {
            where.append(" and cast(sql('? = any (?)', :category, r.categories) as boolean) = true");
            parameters.put("category", filter.category());
        }
        if (filter.q() != null) {
            where.append(" and (lower(r.title) like :q escape '\\' or lower(r.text) like :q escape '\\'"
                    + " or lower(r.label) like :q escape '\\' or lower(r.shortcode) like :q escape '\\')");
            parameters.put("q", "%" + escaped(filter.q().toLowerCase(Locale.ROOT)) + "%");
        }
        if (filter.toReview()) {
            where.append(" and r.reviewOn <= :today and r.state <> :archived");
            parameters.put("today", ReplyReviews.today());
            parameters.put("archived", ReplyState.ARCHIVED);
        }
        if (cursor != null) {
            List<String> last = Cursor.decode(cursor, 2).parts();
            where.append(" and (r.updatedAt < :at or r.updatedAt = :at and r.id > :id)");
            try {
                Instant at = Instant.parse(last.get(0));
                if (at.isBefore(Instant.EPOCH) || at.isAfter(Instant.now().plus(Duration.ofDays(1)))) {
                    throw new DateTimeException("no reply was changed then, and the database may not know such a time");
                }
                parameters.put("at", at);
                parameters.put("id", UUID.fromString(last.get(1)));
            } catch (DateTimeException | IllegalArgumentException made) {
                throw Cursor.madeUp(made);
            }
        }
        TypedQuery<Reply> query = entities.createQuery(
                where.append(" order by r.updatedAt desc, r.id").toString(), Reply.class);
        parameters.forEach(query::setParameter);
        List<Reply> found = query.setMaxResults(size + 1).getResultList();
        List<Reply> page = found.subList(0, Math.min(size, found.size()));
        String next = null;
        if (found.size() > size) {
            Reply last = page.get(size - 1);
            next = Cursor.encode(last.updatedAt.toString(), last.id.toString());
        }
        return new Page<>(views(page), next);
    }

    public ReplyView get(UUID id) {
        return views(List.of(reply(id))).get(0);
    }

    /** The texts of these replies at the given versions. */
    public Map<UUID, String> textsAt(Map<UUID, Integer> versions) {
        Map<UUID, String> texts = new HashMap<>();
        if (!versions.isEmpty()) {
            UUID[] replies = versions.keySet().toArray(UUID[]::new);
            Integer[] wanted = Stream.of(replies).map(versions::get).toArray(Integer[]::new);
            // Arrays rather than lists: for a list, Hibernate creates a new statement for each length.
            List<?> found = entities.createNativeQuery("""
                            select v.reply_id as reply, v.text from reply_version v
                            join unnest(:replies, :versions) as wanted (reply, version)
                                on v.reply_id = wanted.reply and v.version = wanted.version""", Tuple.class)
                    .setParameter("replies", replies)
                    .setParameter("versions", wanted)
                    .getResultList();
            for (Object each : found) {
                Tuple row = (Tuple) each;
                texts.put(row.get("reply", UUID.class), row.get("text", String.class));
            }
        }
        return texts;
    }

    public ReplyView create(ReplyDraft draft, UUID by) {
        return create(draft, List.of(), by);
    }

    /** With questions of conversations that it is to answer, by which it is found as soon as it is published. */
    public ReplyView create(ReplyDraft draft, List<AskedQuestion> answers, UUID by) {
        check(draft);
        KnowledgeEdit edit = edit(by);
        requireFree(draft.shortcode(), null);
        ReplyView created = edit.create(null, draft, ReplyState.DRAFT);
        answers.forEach(question -> edit.addQuestion(created.id(), question));
        record.created(created);
        finish(edit);
        return get(created.id());
    }

    public ReplyView update(UUID id, ReplyDraft draft, UUID by) {
        return update(id, draft, null, by);
    }

    /** @param restored the version whose contents these are; null where somebody has written them */
    ReplyView update(UUID id, ReplyDraft draft, Integer restored, UUID by) {
        check(draft);
        if (draft.version() == null) {
            throw new Problem(
                    ProblemCode.INVALID,
                    "version is missing; send the version that you read, so that nobody's change is overwritten.");
        }
        KnowledgeEdit edit = edit(by);
        edit.restores(restored);
        ReplyState state = edit.reply(id).state;
        if (state != ReplyState.ARCHIVED) {
            requireFree(draft.shortcode(), id);
        }
        return changed(edit, id, draft, state);
    }

    public ReplyView publish(UUID id, UUID by) {
        return change(id, ReplyState.PUBLISHED, by);
    }

    public ReplyView archive(UUID id, UUID by) {
        return change(id, ReplyState.ARCHIVED, by);
    }

    private ReplyView change(UUID id, ReplyState state, UUID by) {
        KnowledgeEdit edit = edit(by);
        Reply reply = edit.reply(id);
        if (state != ReplyState.ARCHIVED) {
            requireFree(reply.shortcode, id);
        }
        return changed(edit, id, reply.draft(), state);
    }

    private ReplyView changed(KnowledgeEdit edit, UUID id, ReplyDraft draft, ReplyState state) {
        TranslationGroup.requireOne(entities, edit.reply(id), draft.language(), state);
        ReplyView before = edit.reply(id).view(0, null);
        if (edit.change(id, draft, state)) {
            record.changed(before, edit.reply(id).view(0, null));
        }
        finish(edit);
        return get(id);
    }

    /** The text of a published reply; empty if there is no such reply or it is not published. */
    public Optional<String> publishedText(UUID id) {
        return Optional.ofNullable(entities.find(Reply.class, id))
                .filter(reply -> reply.state == ReplyState.PUBLISHED)
                .map(reply -> reply.text);
    }

    /** The published reply with the same text, ignoring case and spacing; the oldest if there are several. */
    public Optional<UUID> findByExactText(String text) {
        return entities.createQuery(
                        "select r.id from Reply r where r.textKey = :key and r.state = :state"
                                + " order by r.createdAt, r.id",
                        UUID.class)
                .setParameter("key", ReplyText.key(text))
                .setParameter("state", ReplyState.PUBLISHED)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /**
     * Stores that the reply has answered the question, once per decision, however often this is called. Holds the lock
     * of the knowledge revision until the transaction ends, so call it last.
     *
     * @param query the last turns, joined by newlines, oldest first
     * @param question the customer's newest burst, with which the query ends
     */
    public void rememberAnswer(UUID reply, String query, String question, UUID decision) {
        AnsweredQuestion answered = AnsweredQuestion.of(query, question);
        if (answered.text().isBlank()) {
            return;
        }
        reply(reply);
        entities.flush();
        questions.forgetRejections(reply, answered, Set.of());
        questions
                .addAnswer(reply, answered, decision)
                .ifPresent(revision -> changes.fire(new KnowledgeChanged(revision)));
    }

    /**
     * Stores that agents have rejected the reply for the question, once per decision. Holds the lock of the knowledge
     * revision until the transaction ends, so call it last.
     *
     * @param version the version of the reply that they have read
     */
    public void rememberRejection(UUID reply, int version, String query, String question, UUID decision) {
        AnsweredQuestion asked = AnsweredQuestion.of(query, question);
        if (asked.text().isBlank()) {
            return;
        }
        reply(reply);
        entities.flush();
        questions
                .addRejection(reply, version, asked, decision)
                .ifPresent(revision -> changes.fire(new KnowledgeChanged(revision)));
    }

    /** Begins changes that belong together, in the caller's transaction; the caller ends them with {@link #finish}. */
    @Transactional(Transactional.TxType.MANDATORY)
    public KnowledgeEdit edit(UUID by) {
        return new KnowledgeEdit(entities, questions, by);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void finish(KnowledgeEdit edit) {
        Long revision = edit.finish();
        if (revision != null) {
            changes.fire(new KnowledgeChanged(revision));
        }
    }

    /** Every reply, in order of creation. */
    public List<ReplyView> all() {
        return entities.createQuery("from Reply r order by r.createdAt, r.id", Reply.class).getResultList().stream()
                .map(reply -> reply.view(0, null))
                .toList();
    }

    public boolean isEmpty() {
        return entities.createQuery("select count(r) from Reply r", Long.class).getSingleResult() == 0;
    }

    /** The distinct questions that each reply has answered, oldest first. */
    public Map<UUID, List<AnsweredQuestion>> questions() {
        return questions.all();
    }

    /** The errors in the draft, one sentence for each violated rule. */
    public List<String> violations(ReplyDraft draft) {
        return validator.validate(draft).stream()
                .map(violation -> field(violation) + " " + violation.getMessage())
                .sorted()
                .toList();
    }

    private static String field(ConstraintViolation<ReplyDraft> violation) {
        return violation.getPropertyPath().iterator().next().getName();
    }

    private void check(ReplyDraft draft) {
        Set<ConstraintViolation<ReplyDraft>> violations = validator.validate(draft);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
    }

    private void requireFree(String shortcode, UUID self) {
        if (shortcode == null) {
            return;
        }
        entities.createQuery("from Reply r where lower(r.shortcode) = :shortcode and r.state <> :archived", Reply.class)
                .setParameter("shortcode", shortcode.toLowerCase(Locale.ROOT))
                .setParameter("archived", ReplyState.ARCHIVED)
                .getResultStream()
                .filter(other -> !Objects.equals(other.id, self))
                .findFirst()
                .ifPresent(other -> {
                    throw Problem.ofField(
                            ProblemCode.CONFLICT,
                            "shortcode",
                            FieldRule.TAKEN,
                            Map.of("title", other.title),
                            "The shortcode '" + shortcode + "' belongs to the reply '" + other.title
                                    + "'. Choose another one, or archive that reply first.");
                });
    }

    /** Managed in the transaction of the caller. */
    Reply reply(UUID id) {
        Reply reply = entities.find(Reply.class, id);
        if (reply == null) {
            throw Problem.notFound("reply");
        }
        return reply;
    }

    /** As they are read, with what was counted of them. */
    List<ReplyView> views(List<Reply> replies) {
        List<UUID> ids = replies.stream().map(reply -> reply.id).toList();
        Map<UUID, Long> counts = questions.count(ids);
        Map<UUID, ReplyUsage.Count> uses = usage.isResolvable() ? usage.get().of(ids) : Map.of();
        ReplyUsage.Count never = usage.isResolvable() ? ReplyUsage.Count.NONE : null;
        return replies.stream()
                .map(reply -> reply.view(counts.getOrDefault(reply.id, 0L), uses.getOrDefault(reply.id, never)))
                .toList();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
