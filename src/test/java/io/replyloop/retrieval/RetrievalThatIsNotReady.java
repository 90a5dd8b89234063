package io.replyloop.retrieval;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Has not read the knowledge base yet the first times, as after a start under load. */
public final class RetrievalThatIsNotReady extends Retrieval {
    private final Retrieval ready;
    private final AtomicInteger refusals;

    public RetrievalThatIsNotReady(Retrieval ready, int refusals) {
        super(null, null, null);
        this.ready = ready;
        this.refusals = new AtomicInteger(refusals);
    }

    @Override
    public Candidates candidates(String query, String question, int limit) {
        if (refusals.getAndDecrement() > 0) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE, "The knowledge base is still being read. Try again in a moment.");
        }
        return ready.candidates(query, question, limit);
    }

    @Override
    public Map<UUID, List<String>> fittingWords(String question, Collection<UUID> replies, int most) {
        return ready.fittingWords(question, replies, most);
    }
}
