package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.retrieval.ReplyVector.Written;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyVectorTest {
    private static final String LONG =
            "Your statement lists each booking of the last month with its day, its place and what it was for";

    private final WordVectors vectors = new WordVectors("test");

    private float[] of(String title, String text) {
        return ReplyVector.of(vectors, List.of(new Written(title, text)), false)
                .join()
                .get(0);
    }

    @Test
    void a_title_counts_for_more_than_its_share_of_the_words() {
        float[] asked = vectors.of("refund");

        float asPartOfTheText = MeaningVector.dot(vectors.of("Refund\n" + LONG), asked);

        assertThat(MeaningVector.dot(of("Refund", LONG), asked) > asPartOfTheText + 0.1)
                .isTrue();
    }

    @Test
    void the_vector_has_length_one() {
        float[] vector = of("Refund", LONG);

        assertThat(MeaningVector.dot(vector, vector)).isCloseTo(1f, within(1e-5f));
    }

    @Test
    void without_a_title_the_text_is_all_there_is() {
        assertThat(of(" ", LONG)).containsExactly(vectors.of(LONG), within(1e-6f));
    }

    @Test
    void replies_with_and_without_a_title_keep_their_order() {
        List<Written> replies =
                List.of(new Written("", "jeans"), new Written("Refund", "five days"), new Written("", "package"));

        List<float[]> read = ReplyVector.of(vectors, replies, false).join();

        assertThat(read.size()).isEqualTo(3);
        assertThat(read.get(0)).containsExactly(vectors.of("jeans"), within(1e-6f));
        assertThat(read.get(1)).containsExactly(of("Refund", "five days"), within(1e-6f));
        assertThat(read.get(2)).containsExactly(vectors.of("package"), within(1e-6f));
    }
}
