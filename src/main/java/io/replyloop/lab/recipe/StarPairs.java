package io.replyloop.lab.recipe;

import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.Pick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pairs of realistic length for benchmarks: the query of a pick and one of its candidates. */
public final class StarPairs {
    private static final long SEED = 1;

    private StarPairs() {}

    /**
     * @param data directory that holds {@code star/}
     * @return query and reply of {@code count} pairs of the dev part, always the same
     */
    public static List<String[]> read(Path data, int count) throws IOException {
        Corpora corpora = Corpora.open(data);
        KnowledgeBase replies = corpora.knowledgeBase();
        Random random = new Random(SEED);
        List<String[]> pairs = new ArrayList<>();
        for (Pick pick : StarEvaluation.sample(Pick.of(corpora.dev(), DefaultModel.CONTEXT_TURNS), count, SEED)) {
            List<KnowledgeBase.Candidate> candidates = replies.candidates(pick.tasks());
            KnowledgeBase.Candidate candidate = candidates.get(random.nextInt(candidates.size()));
            pairs.add(new String[] {pick.query(), candidate.texts().iterator().next()});
        }
        return pairs;
    }
}
