package io.replyloop.recipe;

import io.replyloop.recipe.KnowledgeBase.Candidate;
import io.replyloop.retrieval.Question;
import io.replyloop.retrieval.ReplyIndex;
import io.replyloop.retrieval.ReplyIndex.Evidence;
import io.replyloop.retrieval.ReplyIndex.IndexedQuestion;
import io.replyloop.retrieval.ReplyIndex.IndexedReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the product's own index knows about a reply before the cross-encoder reads it: BM25 of its text, and the memory of
 * the questions that it has answered. It holds the whole knowledge base, as in a running product.
 */
public final class FirstStage implements AutoCloseable {

    /** Scores of the candidates, in their order, from 0 to 1; 0 where nothing speaks for one. */
    public record Scores(double[] text, double[] memory) {}

    private final ReplyIndex index = new ReplyIndex(Integer.MAX_VALUE);

    /** Every wording is a reply of its own to BM25; what has been answered is remembered for the label. */
    public FirstStage(KnowledgeBase base, List<Pick> answered) {
        for (Candidate candidate : base.all()) {
            for (String text : candidate.texts()) {
                index.put(new IndexedReply(wording(candidate.label(), text), base.title(text), text, "en"));
            }
        }
        for (Pick pick : answered) {
            Question question = pick.asQuestion();
            index.remember(new IndexedQuestion(
                    pick.group(), reply(pick.label()), question.earlier(), question.context(), question.text()));
        }
        index.refresh();
    }

    public Scores score(Pick pick, List<Candidate> candidates) {
        Map<UUID, Evidence> evidence = index.search(pick.asQuestion());
        double[] text = new double[candidates.size()];
        double[] memory = new double[candidates.size()];
        for (int i = 0; i < candidates.size(); i++) {
            String label = candidates.get(i).label();
            for (String wording : candidates.get(i).texts()) {
                Evidence words = evidence.getOrDefault(wording(label, wording), Evidence.NONE);
                text[i] = Math.max(text[i], words.firstStage());
            }
            memory[i] = evidence.getOrDefault(reply(label), Evidence.NONE).memory();
        }
        return new Scores(text, memory);
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
