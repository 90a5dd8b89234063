package io.replyloop.retrieval;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;

/** Reads and writes ids and packed vectors in the file of what was learned. */
final class LearnedFile {
    private LearnedFile() {}

    static void writeId(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    static UUID readId(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    static void writePacked(DataOutputStream out, byte[] packed) throws IOException {
        out.writeInt(packed.length);
        out.write(packed);
    }

    static byte[] readPacked(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
