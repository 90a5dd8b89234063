package io.replyloop.attachment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Keeps the contents of files under the SHA-256 of their bytes, as hexadecimal digits. Called within a transaction, in
 * which no other one writes or deletes the same contents. An engine outside the database writes at once, and deletes only
 * after the commit: contents that nobody refers to do no harm.
 */
interface AttachmentStore {
    /** Stores contents that are not there. */
    void write(String sha256, Path file) throws IOException;

    void read(String sha256, OutputStream out) throws IOException;

    void delete(String sha256);
}
