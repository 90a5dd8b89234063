package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is left when everything learned is taken off is what a new team's index says. */
class FirstDayTest {
    private static final List<UUID> REPLIES = List.of(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3));
    private static final List<String> TEXTS =
            List.of("A refund takes five days", "Each package arrives within a week", "There is a chart for jeans");

    private final WordVectors vectors = new WordVectors("test");

    private ReplyIndex index() {
        ReplyIndex index = new ReplyIndex(2_000);
        for (int i = 0; i < REPLIES.size(); i++) {
            float[] meaning = ReplyVector.of(vectors, List.of(new ReplyVector.Written("", TEXTS.get(i))), false)
                    .join()
                    .get(0);
            index.put(new IndexedReply(REPLIES.get(i), "", TEXTS.get(i), "en", meaning));
        }
        return index;
    }

    private static List<Evidence> search(ReplyIndex index, WordVectors vectors, String question) {
        index.refresh();
        ReplyIndex.Found found =
                index.search(new Question(question, question, "", "", MeaningVector.of(vectors.of(question), null)));
        return REPLIES.stream().map(found::evidence).toList();
    }

    @Test
    void what_was_learned_is_taken_off_the_evidence() {
        try (ReplyIndex fresh = index();
                ReplyIndex taught = index()) {
            for (int i = 0; i < 30; i++) {
                String asked = "does it itch " + i;
                taught.remember(new IndexedQuestion(
                        Integer.toString(i), REPLIES.get(2), "", asked, MeaningVector.of(vectors.of(asked), null)));
            }
            for (String question : List.of("does it itch", "package refund", "jeans")) {
                List<Evidence> first = search(fresh, vectors, question);
                List<Evidence> later = search(taught, vectors, question);
                List<Evidence> again = FirstDay.of(later);
                for (int i = 0; i < first.size(); i++) {
                    assertThat(again.get(i).share()).isCloseTo(first.get(i).share(), within(0.01));
                    assertThat(again.get(i).meaning()).isCloseTo(first.get(i).meaning(), within(1e-6));
                    assertThat(again.get(i).firstStage()).isCloseTo(first.get(i).firstStage(), within(1e-6));
                    assertThat(again.get(i).memory()).isEqualTo(first.get(i).memory());
                    assertThat(again.get(i).known()).isEqualTo(first.get(i).known());
                }
            }
            assertThat(search(taught, vectors, "does it itch").get(2).memory()).isPositive();
        }
    }

    @Test
    void without_an_encoder_words_remain() {
        assertThat(FirstDay.of(List.of(new Evidence(0.7, 0, 0.9, 0.8)))).isEqualTo(List.of(new Evidence(0.7, 0, 0, 0)));
        assertThat(FirstDay.of(List.of())).isEqualTo(List.of());
    }
}
