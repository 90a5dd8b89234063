package io.replyloop.lab.recipe;

import io.replyloop.lab.corpus.CachedVectors;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.KnowledgeBase.Candidate;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.retrieval.Evidence;
import io.replyloop.retrieval.IndexedQuestion;
import io.replyloop.retrieval.IndexedReply;
import io.replyloop.retrieval.Question;
import io.replyloop.retrieval.ReplyIndex;
import io.replyloop.retrieval.ReplyVector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The product's own first stage, with a whole knowledge base: BM25, the memory of answered questions, and similarity of
 * meaning if there is an encoder.
 */
public final class FirstStage implements AutoCloseable {

    private final ReplyIndex index = new ReplyIndex(Integer.MAX_VALUE);
    private final CachedVectors encoder;

    /** BM25 sees every wording as a separate reply; answered questions belong to the label. */
    public FirstStage(KnowledgeBase base, List<Pick> answered) {
        this(base, answered, null);
    }

    /** @param encoder whose vector of a label is that of its first wording; null for words alone */
    public FirstStage(KnowledgeBase base, List<Pick> answered, CachedVectors encoder) {
        this.encoder = encoder;
        for (Candidate candidate : base.all()) {
            for (String text : candidate.texts()) {
                index.put(new IndexedReply(wording(candidate.label(), text), base.title(text), text, "en"));
            }
        }
        if (encoder != null) {
            putMeanings(base);
            encode(answered);
        }
        for (Pick pick : answered) {
            Question question = understood(pick);
            index.remember(new IndexedQuestion(
                    pick.group(), reply(pick.label()), question.context(), question.text(), question.meaning()));
        }
        while (index.refresh()) {
            // Until everything is indexed.
        }
    }

    private void putMeanings(KnowledgeBase base) {
        List<Candidate> candidates = List.copyOf(base.all());
        List<ReplyVector.Written> written = candidates.stream()
                .map(candidate -> candidate.texts().iterator().next())
                .map(first -> new ReplyVector.Written(base.title(first), first))
                .toList();
        List<float[]> meanings = ReplyVector.of(encoder, written, false).join();
        for (int i = 0; i < meanings.size(); i++) {
            index.put(new IndexedReply(reply(candidates.get(i).label()), "", "", "en", meanings.get(i)));
        }
    }

    /** Encodes all texts in one batch, which takes a fraction of the time; {@link CachedVectors} keeps the vectors. */
    private void encode(List<Pick> picks) {
        List<String> texts = picks.stream()
                .map(Pick::asQuestion)
                .flatMap(question -> Stream.of(question.text(), question.context()))
                .filter(text -> !text.isBlank())
                .distinct()
                .toList();
        encoder.of(texts, false).join();
    }

    private Question understood(Pick pick) {
        Question question = pick.asQuestion();
        return encoder == null
                ? question
                : question.understoodBy(encoder, false).join();
    }

    /** The evidence for each candidate, in their order. */
    public List<Evidence> score(Pick pick, List<Candidate> candidates) {
        ReplyIndex.Found found = index.search(understood(pick));
        return candidates.stream()
                .map(candidate -> candidate.texts().stream()
                        .map(text -> found.evidence(wording(candidate.label(), text)))
                        .reduce(found.evidence(reply(candidate.label())), Evidence::better))
                .toList();
    }

    private static UUID reply(String label) {
        return UUID.nameUUIDFromBytes(label.getBytes(StandardCharsets.UTF_8));
    }

    private static UUID wording(String label, String text) {
        return reply(label + '\n' + text);
    }

    @Override
    public void close() {
        index.close();
    }
}
