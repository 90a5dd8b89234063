package io.replyloop.retrieval;

import java.nio.ByteBuffer;

/**
 * A vector in a byte for each number, as a share of the largest one, which comes first as a float. The product of two of
 * length 1 is off by less than a thousandth that way, far less than what tells two texts apart.
 */
final class PackedVector {
    private static final int LARGEST = 127;

    private PackedVector() {}

    static byte[] pack(float[] vector) {
        float most = 0;
        for (float number : vector) {
            most = Math.max(most, Math.abs(number));
        }
        ByteBuffer packed = ByteBuffer.allocate(Float.BYTES + vector.length).putFloat(most);
        for (float number : vector) {
            packed.put((byte) (most == 0 ? 0 : Math.round(number / most * LARGEST)));
        }
        return packed.array();
    }

    static float[] unpack(byte[] packed) {
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        float step = bytes.getFloat() / LARGEST;
        float[] vector = new float[bytes.remaining()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = step * bytes.get();
        }
        return vector;
    }
}
