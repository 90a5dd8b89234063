package io.replyloop.retrieval;

import io.replyloop.platform.Script;
import io.replyloop.retrieval.VectorStore.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.jboss.logging.Logger;

/**
 * An index over replies, their embeddings, and the questions they have answered. Searches see changes after
 * {@link #refresh()}. Only one thread may change the index; any number may search.
 *
 * <p>The questions grow with every accepted suggestion and are spread over many segments, whereas the replies hardly
 * ever change. Replies have an index of their own, so that searching them touches one segment and not all.
 */
public final class ReplyIndex implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReplyIndex.class);
    /** Questions that are looked up in the database together. */
    private static final int TOGETHER = 10_000;

    /** A search that needs the newest commit waits at most this long for examples to be learned. */
    private static final long LEARNING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** For large numbers of examples before the first search. */
    private static final long LEARNING_MANY_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final int questionsPerReply;
    private final ReplyAnalyzer analyzer = new ReplyAnalyzer();
    private final LiveIndex replies = new LiveIndex(analyzer);
    private final LiveIndex questions;
    /**
     * The questions of each reply, oldest first, so that the oldest is dropped first; true if they have an embedding.
     */
    private final Map<UUID, LinkedHashMap<String, Boolean>> remembered = new HashMap<>();
    /** Questions without an embedding, by number, with their reply. */
    private final Map<Kind, TreeMap<String, UUID>> unread =
            new EnumMap<>(Map.of(Kind.ANSWERED, new TreeMap<>(BY_NUMBER), Kind.REJECTED, new TreeMap<>(BY_NUMBER)));

    private final Set<UUID> unreadReplies = new HashSet<>();

    private final IndexFolder folder;
    private final MeaningMemory meanings;
    private final Rejections rejections = new Rejections();

    /**
     * The evidence found by a search.
     *
     * @param of the evidence for each reply that has any
     * @param known how much the answered questions know about this moment, from 0 to 1
     * @param unfamiliar 1 if the encoder was trained less on this language, otherwise 0
     * @param before the question most like this one that each reply has answered, of those that have
     */
    public record Found(Map<UUID, Evidence> of, double known, double unfamiliar, Map<UUID, Long> before) {
        public Evidence evidence(UUID reply) {
            return of.getOrDefault(reply, Evidence.NONE.at(known, unfamiliar));
        }
    }

    /** Creates an index in memory. */
    public ReplyIndex(int questionsPerReply) {
        this(questionsPerReply, IndexFolder.inMemory());
    }

    /** Continues with the answered questions of a folder; the replies have to be added. */
    ReplyIndex(int questionsPerReply, IndexFolder folder) {
        this.questionsPerReply = questionsPerReply;
        this.folder = folder;
        questions = folder.questions();
        meanings = new MeaningMemory(folder.regression());
        try {
            questions.search(this::restore);
        } catch (RuntimeException damaged) {
            close();
            throw damaged;
        }
    }

    /**
     * Continues with what was saved for these contents, or starts empty if nothing was saved or it is damaged. The
     * index is in memory if another process is using the folder.
     *
     * @param all the folder of all indexes; null for an index in memory
     * @param key what the contents depend on
     * @param newest the newest possible knowledge revision
     */
    static ReplyIndex open(int questionsPerReply, Path all, String key, long newest) {
        if (all == null) {
            return new ReplyIndex(questionsPerReply);
        }
        Path folder = IndexFolder.of(all, key);
        try {
            return openFiles(questionsPerReply, folder, key, newest);
        } catch (LockObtainFailedException taken) {
            LOG.infof("Another process is using %s; this one learns from scratch at each start", folder);
        } catch (IOException | RuntimeException damaged) {
            LOG.warnf(damaged, "Could not read what was learned from %s; learning it again", folder);
            try {
                if (IndexFolder.deleteUnlessUsed(folder)) {
                    return openFiles(questionsPerReply, folder, key, newest);
                }
            } catch (IOException | RuntimeException failure) {
                LOG.warnf(failure, "Cannot keep what is learned in %s", folder);
            }
        }
        return new ReplyIndex(questionsPerReply);
    }

    private static ReplyIndex openFiles(int questionsPerReply, Path folder, String key, long newest)
            throws IOException {
        return new ReplyIndex(questionsPerReply, IndexFolder.open(folder, key, newest));
    }

    private Void restore(IndexSearcher searcher) throws IOException {
        for (SavedQuestion question : SavedQuestion.oldestFirst(searcher)) {
            remembered
                    .computeIfAbsent(question.reply(), reply -> new LinkedHashMap<>())
                    .put(Long.toString(question.number()), question.meant());
            if (!question.meant()) {
                unread.get(Kind.ANSWERED).put(Long.toString(question.number()), question.reply());
            }
        }
        return null;
    }

    /** Returns those of these questions that still exist. */
    interface Existing {
        Set<Long> of(Collection<Long> questions) throws SQLException;
    }

    /** Forgets the questions that were deleted while this node was not running. */
    void keepOnly(Existing existing) throws SQLException {
        List<Long> part = new ArrayList<>();
        Set<Long> erased = new HashSet<>();
        for (LinkedHashMap<String, Boolean> known : remembered.values()) {
            known.keySet().forEach(id -> part.add(Long.valueOf(id)));
            if (part.size() >= TOGETHER) {
                missing(part, existing, erased);
            }
        }
        missing(part, existing, erased);
        erase(Kind.ANSWERED, erased);
    }

    private static void missing(List<Long> part, Existing existing, Set<Long> erased) throws SQLException {
        erased.addAll(part);
        erased.removeAll(existing.of(part));
        part.clear();
    }

    /** Forgets these questions. */
    void erase(Kind kind, Set<Long> ids) {
        ids.forEach(id -> unread.get(kind).remove(id.toString()));
        if (kind == Kind.REJECTED || ids.isEmpty()) {
            return;
        }
        for (Map<String, Boolean> known : remembered.values()) {
            known.keySet().removeIf(id -> ids.contains(Long.valueOf(id)));
        }
        ids.forEach(id -> forget(id.toString()));
    }

    /** The newest questions without an embedding, up to this number. */
    List<Long> unread(Kind kind, int most) {
        return unread.get(kind).descendingMap().keySet().stream()
                .limit(most)
                .map(Long::valueOf)
                .toList();
    }

    /** The replies without an embedding. */
    Set<UUID> unreadReplies() {
        return Set.copyOf(unreadReplies);
    }

    /** Every answered question, newest first. */
    List<Long> answered() {
        return remembered.values().stream()
                .flatMap(known -> known.keySet().stream())
                .map(Long::valueOf)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Whether the index can no longer be changed; it can still be searched. */
    boolean isDead() {
        return questions.isDead();
    }

    /** The knowledge revision of the answered questions that were already there when the index was opened. */
    long savedRevision() {
        return folder.revision();
    }

    /** @param onlyOne whether what was saved for other contents is no longer needed */
    void save(long revision, boolean onlyOne) throws IOException {
        folder.save(revision, onlyOne);
    }

    /** Closes the index and deletes its folder, so that the next start learns from scratch. */
    void discard() throws IOException {
        close();
        folder.delete();
    }

    private void forget(String id) {
        questions.delete(new Term("id", id));
        meanings.forget(id);
    }

    /** Adds or replaces the reply; its questions stay. */
    public void put(IndexedReply reply) {
        replies.delete(new Term("reply", reply.id().toString()));
        Document document = document(reply.id());
        document.add(new TextField("text", reply.text(), Field.Store.NO));
        document.add(new TextField("title", reply.title(), Field.Store.NO));
        document.add(new NumericDocValuesField(
                "script", Script.ofLanguage(reply.language()).ordinal()));
        replies.add(document);
        meanings.put(reply.id(), reply.meaning());
        if (reply.meaning() == null) {
            unreadReplies.add(reply.id());
        } else {
            unreadReplies.remove(reply.id());
        }
        rejections.written(reply.id(), reply.text());
    }

    /** Forgets the reply and its questions. */
    public void remove(UUID reply) {
        Term ofReply = new Term("reply", reply.toString());
        replies.delete(ofReply);
        questions.delete(ofReply);
        remembered.getOrDefault(reply, new LinkedHashMap<>()).keySet().forEach(unread.get(Kind.ANSWERED)::remove);
        remembered.remove(reply);
        unread.get(Kind.REJECTED).values().removeIf(reply::equals);
        unreadReplies.remove(reply);
        meanings.remove(reply);
        rejections.remove(reply);
    }

    /**
     * Adds an answered question. A question that is already known is not added twice, but may get its embedding later.
     */
    public void remember(IndexedQuestion question) {
        LinkedHashMap<String, Boolean> known =
                remembered.computeIfAbsent(question.reply(), id -> new LinkedHashMap<>());
        boolean meant = question.meaning() != null;
        Boolean before = known.put(question.id(), meant || known.getOrDefault(question.id(), false));
        note(Kind.ANSWERED, question, known.get(question.id()));
        if (before != null) {
            if (before || !meant) {
                return;
            }
            questions.delete(new Term("id", question.id()));
        } else {
            rejections.answered(question);
        }
        if (known.size() > questionsPerReply) {
            String oldest = known.keySet().iterator().next();
            known.remove(oldest);
            unread.get(Kind.ANSWERED).remove(oldest);
            forget(oldest);
        }
        Document document = document(question.reply());
        document.add(new StringField("id", question.id(), Field.Store.NO));
        if (!folder.isInMemory() || question.id().matches("\\d{1,18}")) {
            document.add(new NumericDocValuesField("number", Long.parseLong(question.id())));
            document.add(new NumericDocValuesField("meant", meant ? 1 : 0));
        }
        document.add(new TextField("question", question.question(), Field.Store.NO));
        document.add(new TextField("context", question.context(), Field.Store.NO));
        if (meant) {
            document.add(QuestionVotes.field(question.meaning()));
            meanings.remember(question.id(), question.reply(), question.meaning());
        }
        questions.add(document);
    }

    /** Sets the embedding of a known question. */
    void understand(Kind kind, IndexedQuestion question) {
        if (kind == Kind.REJECTED && unread.get(kind).containsKey(question.id())) {
            rejections.understand(question);
            note(kind, question, question.meaning() != null);
        } else if (kind == Kind.ANSWERED
                && remembered
                        .getOrDefault(question.reply(), new LinkedHashMap<>())
                        .containsKey(question.id())) {
            remember(question);
        }
    }

    private void note(Kind kind, IndexedQuestion question, boolean read) {
        if (read) {
            unread.get(kind).remove(question.id());
        } else {
            unread.get(kind).put(question.id(), question.reply());
        }
    }

    /** Sets the embedding of a reply that has none. */
    void understand(UUID reply, float[] meaning) {
        if (unreadReplies.remove(reply)) {
            meanings.put(reply, meaning);
        }
    }

    /** Learns some of the waiting examples, because they take much memory. */
    void learn() {
        meanings.learn(LEARNING_MANY_NANOS);
    }

    /** Records that agents have rejected the reply for this question. */
    public void reject(IndexedQuestion question) {
        rejections.add(question);
        note(Kind.REJECTED, question, question.meaning() != null);
    }

    /**
     * Makes all changes so far visible to searches.
     *
     * @return whether there is more to learn, by calling this again
     */
    public boolean refresh() {
        replies.refresh();
        questions.refresh();
        return meanings.learn(LEARNING_NANOS);
    }

    /** How near the nearest answered questions are to a moment, by their replies. */
    Map<UUID, Double> nearestAnswered(float[] moment) {
        return questions.search(searcher -> QuestionVotes.nearest(searcher, moment));
    }

    /** @see SharedWords */
    Map<UUID, SharedWords.Share> sharing(String words) {
        return replies.search(searcher -> SharedWords.of(searcher, analyzer, words));
    }

    /** @see FittingWords */
    Map<UUID, List<String>> fittingWords(String question, Set<UUID> of, int most) {
        return replies.search(searcher -> FittingWords.of(searcher, analyzer, question, of, most));
    }

    /** Finds the evidence for all replies. */
    public Found search(Question question) {
        Map<UUID, Evidence> evidence = new HashMap<>();
        Map<UUID, Long> before = new HashMap<>();
        replies.search(searcher -> WordSearch.ofReplies(searcher, analyzer, question))
                .forEach((reply, score) -> evidence.put(reply, new Evidence(score, 0, 0)));
        double known = question.meaning() == null
                ? questions.search(searcher -> WordSearch.byQuestions(searcher, analyzer, question, evidence))
                : meanings.search(
                        question.meaning(),
                        questions.search(searcher -> QuestionVotes.of(searcher, question.meaning(), before)),
                        evidence);
        double unfamiliar = WordSearch.isUnfamiliar(question) ? 1 : 0;
        evidence.replaceAll((reply, one) -> one.at(known, unfamiliar).times(rejections.left(reply, question)));
        return new Found(evidence, known, unfamiliar, before);
    }

    private static Document document(UUID reply) {
        Document document = new Document();
        document.add(new StringField("reply", reply.toString(), Field.Store.NO));
        LiveIndex.addReply(document, reply);
        return document;
    }

    @Override
    public void close() {
        IOUtils.closeWhileHandlingException(replies, questions);
    }
}
