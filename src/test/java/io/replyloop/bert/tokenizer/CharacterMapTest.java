package io.replyloop.bert.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
    void aWholeMapIsTaken() {
        assertTrue(CharacterMap.isSound(map(3, 0)));
    }

    @Test
    void aRuleThatPointsOutsideIsNot() {
        assertFalse(CharacterMap.isSound(map(3, 99)), "a replacement beyond the end");
        assertFalse(CharacterMap.isSound(map(1 << 12, 0)), "a unit beyond the end");
    }

    @Test
    void aReplacementThatIsNoTextIsNot() {
        int[] units = new int[UNITS];
        units[0] = 256 << 10;
        assertFalse(CharacterMap.isSound(bytes(units, new byte[] {(byte) 0xC3})));
    }

    @Test
    void aCutMapIsNot() {
        byte[] whole = map(3, 0);
        for (int size : new int[] {0, 3, 7, 100}) {
            assertFalse(CharacterMap.isSound(java.util.Arrays.copyOf(whole, size)), size + " bytes");
        }
    }

    @Test
    void randomDamageIsJudgedAndNeverThrows() {
        byte[] whole = map(3, 0);
        int sound = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            sound += CharacterMap.isSound(damaged) ? 1 : 0;
        }
        assertEquals(true, sound > 0 && sound < 2_000, sound + " of 2000 are sound");
    }
}
