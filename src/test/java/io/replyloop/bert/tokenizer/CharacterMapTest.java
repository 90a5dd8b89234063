package io.replyloop.bert.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A map of characters that leads outside itself would end the process. */
class CharacterMapTest {
    private static final int UNITS = 512;

    /** One rule: 'A' becomes 'a'. The root's children lie in the second block of 256 units, its leaf beside it. */
    private static byte[] map(int childOffset, int value) {
        int[] units = new int[UNITS];
        units[0] = 256 << 10;
        int child = 256 ^ 'A';
        units[child] = childOffset << 10 | 1 << 8 | 'A';
        if ((child ^ childOffset) < UNITS) {
            units[child ^ childOffset] = 1 << 31 | value;
        }
        return bytes(units, "a\0".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(int[] units, byte[] replacements) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * units.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(4 * units.length);
        for (int unit : units) {
            buffer.putInt(unit);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(buffer.array());
        out.writeBytes(replacements);
        return out.toByteArray();
    }

    @Test
    void a_whole_map_is_taken() {
        assertThat(CharacterMap.isSound(map(3, 0))).isTrue();
    }

    @Test
    void a_rule_that_points_outside_is_not() {
        assertThat(CharacterMap.isSound(map(3, 99)))
                .as("a replacement beyond the end")
                .isFalse();
        assertThat(CharacterMap.isSound(map(1 << 12, 0)))
                .as("a unit beyond the end")
                .isFalse();
    }

    @Test
    void a_replacement_that_is_no_text_is_not() {
        int[] units = new int[UNITS];
        units[0] = 256 << 10;
        assertThat(CharacterMap.isSound(bytes(units, new byte[] {(byte) 0xC3}))).isFalse();
    }

    @Test
    void a_cut_map_is_not() {
        byte[] whole = map(3, 0);
        for (int size : new int[] {0, 3, 7, 100}) {
            assertThat(CharacterMap.isSound(Arrays.copyOf(whole, size)))
                    .as("%s", size + " bytes")
                    .isFalse();
        }
    }

    @Test
    void random_damage_is_judged_and_never_throws() {
        byte[] whole = map(3, 0);
        int sound = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            sound += CharacterMap.isSound(damaged) ? 1 : 0;
        }
        assertThat(sound > 0 && sound < 2_000)
                .as("%s", sound + " of 2000 are sound")
                .isEqualTo(true);
    }
}
