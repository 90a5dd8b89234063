package io.replyloop.history;

import io.replyloop.history.HistoryStore.AnswerRow;
import io.replyloop.history.HistoryStore.DraftRow;
import io.replyloop.history.HistoryStore.Stored;
import io.replyloop.history.HistoryStore.Work;
import io.replyloop.retrieval.Encoders;
import io.replyloop.retrieval.PublishedMeanings;
import io.replyloop.retrieval.TextVectors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Compares what agents wrote with the published replies, and puts the rest together into drafts. What the encoder has read is
 * stored as it goes, so that whoever goes on after a kill need not read it again; the rest takes little time.
 */
@ApplicationScoped
class Analysis {
    private static final int CONVERSATIONS_AT_ONCE = 500;
    /** Texts that the encoder reads together. */
    private static final int TOGETHER = 32;
    /** Texts after which their vectors are stored. */
    private static final int STORED_AFTER = 512;

    private static final Duration FOR_THE_ENCODER = Duration.ofMinutes(1);
    /** After so many times an import goes on without one. */
    private static final int ATTEMPTS_WITH_AN_ENCODER = 3;

    private final HistoryStore store;
    private final HistoryLeases leases;
    private final HistoryConfig config;
    private final PublishedMeanings published;
    private final Instance<Encoders> encoders;

    Analysis(
            HistoryStore store,
            HistoryLeases leases,
            HistoryConfig config,
            PublishedMeanings published,
            Instance<Encoders> encoders) {
        this.store = store;
        this.leases = leases;
        this.config = config;
        this.published = published;
        this.encoders = encoders;
    }

    private record Message(UUID conversation, int turn, String text, String question) {}

    /** Takes the import to the state in which its report is there. */
    void run(Work work) {
        store.progress(work, "comparing", 0, 0);
        List<Message> messages = messages(work);
        PublishedMeanings.Moment knowledge = knowledge();
        if (knowledge.encoder() == null && work.attempts() < ATTEMPTS_WITH_AN_ENCODER && mayHaveEncoder()) {
            // Other imports have their turn meanwhile; if it never comes, words have to do.
            leases.release(work.id(), work.worker());
            return;
        }
        List<Wording> wordings = Wording.of(messages.stream().map(Message::text).toList());
        Set<String> compared = Wording.mostUsed(wordings, config.wordings());
        ReplyMatches matches = new ReplyMatches(knowledge.replies());
        TextVectors encoder = knowledge.encoder();
        Map<String, float[]> meanings =
                encoder == null ? Map.of() : meanings(work, encoder, texts(wordings, compared, knowledge));
        Function<String, float[]> meaning = encoder == null
                ? null
                : text -> of(encoder, meanings, List.of(text)).get(0);

        store.progress(work, "grouping", 0, 0);
        List<AnswerRow> answers = new ArrayList<>();
        Set<Integer> matched = new HashSet<>();
        Set<Integer> uncompared = new HashSet<>();
        Set<UUID> replies = new HashSet<>();
        for (Wording wording : wordings) {
            if (Thread.currentThread().isInterrupted()) {
                throw new HistoryStore.NotOurs();
            }
            boolean isCompared = compared.contains(wording.key());
            List<ReplyMatches.Candidate> candidates =
                    matches.isEmpty() ? List.of() : matches.candidates(wording, isCompared ? meaning : null);
            for (int message : wording.messages()) {
                Message one = messages.get(message);
                Optional<UUID> reply = ReplyMatches.said(candidates, one.text());
                if (reply.isPresent()) {
                    replies.add(reply.get());
                    matched.add(message);
                    answers.add(new AnswerRow(one.conversation(), one.turn(), null, reply.get(), 0));
                } else if (!isCompared) {
                    uncompared.add(message);
                }
            }
        }
        List<Message> rest = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (!matched.contains(i) && !uncompared.contains(i)) {
                rest.add(messages.get(i));
            }
        }
        List<DraftRow> drafts = new ArrayList<>();
        Map<LeftOut, Integer> left = drafts(rest, encoder, meanings, drafts, answers);
        left.merge(LeftOut.TOO_MANY_WORDINGS, uncompared.size(), Integer::sum);
        int inDrafts = drafts.stream().mapToInt(DraftRow::uses).sum();
        HistoryReport report = store.report(work.id())
                .analysed(matched.size(), replies.size(), drafts.size(), inDrafts, encoder == null, left);
        store.addFound(work, drafts, answers, report);
    }

    /** After a start, the index takes an encoder up a little later. One that is broken it never takes up. */
    private PublishedMeanings.Moment knowledge() {
        if (encoders.isResolvable()) {
            encoders.get().await(FOR_THE_ENCODER);
        }
        Instant late = Instant.now().plus(FOR_THE_ENCODER);
        PublishedMeanings.Moment found = published.now();
        while (found.encoder() == null && mayHaveEncoder() && Instant.now().isBefore(late)) {
            try {
                TimeUnit.MILLISECONDS.sleep(500);
            } catch (InterruptedException unwanted) {
                Thread.currentThread().interrupt();
                throw new HistoryStore.NotOurs();
            }
            found = published.now();
        }
        return found;
    }

    private boolean mayHaveEncoder() {
        return encoders.isResolvable() && !encoders.get().available().isEmpty();
    }

    /** @return how many messages became no draft, and why */
    private static Map<LeftOut, Integer> drafts(
            List<Message> rest,
            TextVectors encoder,
            Map<String, float[]> meanings,
            List<DraftRow> drafts,
            List<AnswerRow> answers) {
        DraftFinder.Outcome found = DraftFinder.outcome(
                rest.stream().map(Message::text).toList(),
                message -> rest.get(message).question(),
                encoder == null ? null : texts -> of(encoder, meanings, texts));
        for (DraftFinder.Found draft : found.drafts()) {
            UUID id = UUID.randomUUID();
            drafts.add(new DraftRow(
                    id,
                    draft.title(),
                    draft.text(),
                    draft.language(),
                    draft.smallTalk(),
                    draft.messages().size(),
                    rest.get(draft.messages().get(0)).conversation(),
                    draft.asked() < 0 ? null : rest.get(draft.asked()).conversation()));
            for (int place = 0; place < draft.messages().size(); place++) {
                Message one = rest.get(draft.messages().get(place));
                answers.add(new AnswerRow(one.conversation(), one.turn(), id, null, place));
            }
        }
        return found.left();
    }

    private List<Message> messages(Work work) {
        List<Message> messages = new ArrayList<>();
        int after = -1;
        List<Stored> some;
        do {
            some = store.conversations(work.id(), after, CONVERSATIONS_AT_ONCE);
            for (Stored conversation : some) {
                after = conversation.place();
                for (Answer answer : Answer.of(StoredTurns.read(conversation.messages()))) {
                    messages.add(new Message(conversation.id(), answer.turn(), answer.text(), answer.question()));
                }
            }
        } while (!some.isEmpty());
        return messages;
    }

    private static List<String> texts(
            List<Wording> wordings, Set<String> compared, PublishedMeanings.Moment knowledge) {
        Set<String> texts = new LinkedHashSet<>();
        knowledge.replies().forEach(reply -> texts.add(reply.text()));
        wordings.stream()
                .filter(wording -> compared.contains(wording.key()))
                .forEach(wording -> texts.add(wording.text()));
        return List.copyOf(texts);
    }

    private Map<String, float[]> meanings(Work work, TextVectors encoder, List<String> texts) {
        Map<String, float[]> stored = store.vectors(work.id(), encoder.version());
        Map<String, float[]> meanings = new HashMap<>();
        List<String> unread = new ArrayList<>();
        for (String text : texts) {
            float[] known = stored.get(Wording.id(text));
            if (known == null) {
                unread.add(text);
            } else {
                meanings.put(text, known);
            }
        }
        Map<String, float[]> fresh = new LinkedHashMap<>();
        for (int from = 0; from < unread.size(); from += TOGETHER) {
            List<String> some = unread.subList(from, Math.min(unread.size(), from + TOGETHER));
            List<float[]> read = encoder.of(some, false).join();
            for (int i = 0; i < some.size(); i++) {
                meanings.put(some.get(i), read.get(i));
                fresh.put(Wording.id(some.get(i)), read.get(i));
            }
            if (fresh.size() >= STORED_AFTER || from + TOGETHER >= unread.size()) {
                store.addVectors(work, encoder.version(), fresh);
                fresh.clear();
            }
            store.progress(work, "comparing", meanings.size(), texts.size());
            if (Thread.currentThread().isInterrupted()) {
                throw new HistoryStore.NotOurs();
            }
        }
        return meanings;
    }

    private static List<float[]> of(TextVectors encoder, Map<String, float[]> known, List<String> texts) {
        List<String> unread = texts.stream()
                .filter(text -> !known.containsKey(text))
                .distinct()
                .toList();
        Map<String, float[]> fresh = new HashMap<>();
        if (!unread.isEmpty()) {
            List<float[]> read = encoder.of(unread, false).join();
            for (int i = 0; i < unread.size(); i++) {
                fresh.put(unread.get(i), read.get(i));
            }
        }
        return texts.stream()
                .map(text -> known.containsKey(text) ? known.get(text) : fresh.get(text))
                .toList();
    }
}
