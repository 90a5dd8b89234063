package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.bert.tokenizer.EncodedPair;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedBatchTest {
    private static final int FIRST_POSITION = 2;

    private static List<EncodedPair> sequences(int... lengths) {
        return Arrays.stream(lengths).mapToObj(PackedBatchTest::sequence).toList();
    }

    private static EncodedPair sequence(int length) {
        int[] ids = new int[length];
        Arrays.fill(ids, 7);
        return new EncodedPair(ids, new byte[length]);
    }

    @Test
    void equal_lengths_are_one_run() {
        PackedBatch batch = PackedBatch.of(sequences(3, 3, 5), FIRST_POSITION);

        assertThat(batch.layout()).containsExactly(11, 3, 2, 3, 1, 5);
        assertThat(LongStream.of(batch.numbers()).skip(22).limit(11))
                .as("positions")
                .containsExactly(2L, 3L, 4L, 2L, 3L, 4L, 2L, 3L, 4L, 5L, 6L);
        assertThat(LongStream.of(batch.numbers()).skip(33)).as("first rows").containsExactly(0L, 3L, 6L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 31, 33, 65, 95})
    void is_filled_up_with_a_sequence_that_nobody_asks_for(int length) {
        PackedBatch batch = PackedBatch.filled(sequences(length, length), FIRST_POSITION);

        assertThat(batch.tokens()).isGreaterThan(2 * length).matches(tokens -> tokens % (tokens <= 128 ? 8 : 32) == 0);
        assertThat(batch.sequences()).isEqualTo(2);
        assertThat(batch.layout()[1]).as("sequences that are computed").isEqualTo(3);
        assertThat(LongStream.of(batch.numbers()).skip(3L * batch.tokens()))
                .containsExactly(0L, (long) length, 2L * length);
        assertThat(LongStream.of(batch.numbers())
                        .skip(2L * batch.tokens() + 2L * length)
                        .limit(batch.tokens() - 2L * length))
                .as("positions of which every network has one")
                .containsOnly((long) FIRST_POSITION);
    }

    @Test
    void what_fits_is_left_as_it_is() {
        PackedBatch batch = PackedBatch.filled(sequences(16, 16), FIRST_POSITION);

        assertThat(batch.layout()).containsExactly(32, 2, 2, 16);
        assertThat(batch.sequences()).isEqualTo(2);
    }
}
