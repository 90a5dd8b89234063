package io.replyloop.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SoakTest {
    private static final int CHUNK = 1 << 20;
    private static final int CHUNKS = 128;

    private static boolean flat(LongUnaryOperator mebibytesAtSample) {
        return Soak.isFlat(
                LongStream.range(0, 40).map(mebibytesAtSample).boxed().toList());
    }

    @Test
    void steady_growth_is_not_flat_but_growth_in_the_first_quarter_is_ignored() {
        assertThat(flat(sample -> 400)).isTrue();
        assertThat(flat(sample -> 400 + sample)).isFalse();
        assertThat(flat(sample -> 400 + 50 * Math.min(sample, 9))).isTrue();
        assertThat(flat(sample -> sample < 30 ? 400 : 430)).isFalse();
    }

    @Test
    void two_percent_or_16_mi_b_are_no_growth() {
        assertThat(flat(sample -> sample < 30 ? 400 : 416)).isTrue();
        assertThat(flat(sample -> sample < 30 ? 400 : 417)).isFalse();
        assertThat(flat(sample -> sample < 30 ? 2_000 : 2_040)).isTrue();
        assertThat(flat(sample -> sample < 30 ? 2_000 : 2_041)).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void native_memory_is_counted_and_the_heap_is_not() {
        NativeMemory memory = new NativeMemory();
        long wholeBefore = ProcessMemory.residentMiB();
        long before = memory.residentMiB();
        assertThat(before).isBetween(1L, wholeBefore);

        List<byte[]> heap = new ArrayList<>();
        while (heap.size() < CHUNKS) {
            heap.add(new byte[CHUNK]);
        }
        assertThat(memory.residentMiB()).isLessThan(before + CHUNKS / 2);

        long withHeap = settled(memory);
        List<ByteBuffer> beside = new ArrayList<>();
        while (beside.size() < CHUNKS) {
            beside.add(ByteBuffer.allocateDirect(CHUNK));
        }
        assertThat(memory.residentMiB()).isGreaterThan(withHeap + CHUNKS / 2);
        assertThat(heap).hasSameSizeAs(beside);
    }

    /** Once the collector has given back what the tests before this one have left behind. */
    private static long settled(NativeMemory memory) {
        System.gc();
        long[] last = {Long.MAX_VALUE};
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            long before = last[0];
            last[0] = memory.residentMiB();
            return Math.abs(before - last[0]) < CHUNKS / 8;
        });
        return last[0];
    }
}
