package io.replyloop.retrieval;

import java.nio.ByteBuffer;

/**
 * A vector with one byte per number, scaled by the largest absolute value, which comes first as a float. For vectors of
 * length 1, the dot product is off by less than a thousandth, far less than the difference between two texts.
 */
public final class PackedVector {
    private static final int LARGEST = 127;

    private PackedVector() {}

    public static byte[] pack(float[] vector) {
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

    public static float[] unpack(byte[] packed) {
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        float step = bytes.getFloat() / LARGEST;
        float[] vector = new float[bytes.remaining()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = step * bytes.get();
        }
        return vector;
    }
}
