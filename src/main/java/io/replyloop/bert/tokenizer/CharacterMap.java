package io.replyloop.bert.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.BitSet;

/**
 * The {@code precompiled_charsmap} of a SentencePiece normalizer: 4 bytes of size, a double-array trie (Darts-clone)
 * over UTF-8, then the replacements, each terminated by a zero byte. The native library follows its indexes without
 * checking them, so every index that any text could reach is checked here.
 */
final class CharacterMap {
    private CharacterMap() {}

    /** Whether no text can lead outside the map. */
    static boolean isSound(byte[] map) {
        if (map.length < 8) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.wrap(map).order(ByteOrder.LITTLE_ENDIAN);
        long trieBytes = Integer.toUnsignedLong(bytes.getInt());
        if (trieBytes < 4 || trieBytes % 4 != 0 || trieBytes > map.length - 4) {
            return false;
        }
        int[] units = new int[(int) trieBytes / 4];
        bytes.asIntBuffer().get(units);
        bytes.position(4 + (int) trieBytes);
        byte[] replacements = new byte[bytes.remaining()];
        bytes.get(replacements);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(replacements));
        } catch (CharacterCodingException notText) {
            return false;
        }
        return everyWayStaysInside(units, replacements);
    }

    /** Number of code points of the longest replacement in a sound map. */
    static int longestReplacement(byte[] map) {
        int from = 4 + ByteBuffer.wrap(map).order(ByteOrder.LITTLE_ENDIAN).getInt();
        int longest = 0;
        int points = 0;
        for (int at = from; at < map.length; at++) {
            if (map[at] == 0) {
                points = 0;
            } else if ((map[at] & 0xC0) != 0x80) {
                longest = Math.max(longest, ++points);
            }
        }
        return longest;
    }

    private static boolean everyWayStaysInside(int[] units, byte[] replacements) {
        BitSet seen = new BitSet(units.length);
        ArrayDeque<Integer> left = new ArrayDeque<>();
        int root = offset(units[0]);
        if (root < 0 || root >= units.length) {
            return false;
        }
        left.add(root);
        seen.set(root);
        while (!left.isEmpty()) {
            int at = left.remove();
            for (int symbol = 1; symbol < 256; symbol++) {
                int child = at ^ symbol;
                if (child >= units.length) {
                    return false;
                }
                if ((units[child] & 0x800000FF) != symbol) {
                    continue;
                }
                int next = child ^ offset(units[child]);
                if (next < 0 || next >= units.length || isLeaf(units[child]) && !ends(units[next], replacements)) {
                    return false;
                }
                if (!seen.get(next)) {
                    seen.set(next);
                    left.add(next);
                }
            }
        }
        return true;
    }

    private static int offset(int unit) {
        return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
    }

    private static boolean isLeaf(int unit) {
        return (unit >>> 8 & 1) == 1;
    }

    /** Whether a replacement begins there, at a character boundary. */
    private static boolean ends(int value, byte[] replacements) {
        int at = value & Integer.MAX_VALUE;
        return at < replacements.length && (replacements[at] & 0xC0) != 0x80;
    }
}
