package io.replyloop.attachment;

import io.replyloop.platform.FileHashes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Which contents there are and which attachments refer to them. Two who write the same contents, or one who writes and one
 * who deletes them, wait for each other at their row.
 */
@ApplicationScoped
class Contents {
    private final Session session;
    private final AttachmentStore store;
    private final Duration countedFor;

    /** In bytes; null before the first count. */
    private volatile Counted counted;

    Contents(Session session, AttachmentStore store, AttachmentConfig config) {
        this.session = session;
        this.store = store;
        countedFor = config.roomCountedFor();
    }

    /** @param at by System.nanoTime */
    private record Counted(long bytes, long at) {}

    /** @param sha256 in hexadecimal digits */
    record Stored(String sha256, String mediaType) {}

    record Added(FileVariant variant, String mediaType, Path file) {}

    /** Everything that belongs to an attachment, at once, so that the rows are locked in the order that all keep. */
    void add(UUID attachment, List<Added> files) throws IOException {
        Map<FileVariant, String> hashes = new HashMap<>();
        Map<String, Path> inOrder = new TreeMap<>();
        for (Added added : files) {
            String sha256 = hash(added.file());
            hashes.put(added.variant(), sha256);
            inOrder.put(sha256, added.file());
        }
        for (Map.Entry<String, Path> each : inOrder.entrySet()) {
            claim(each.getKey(), each.getValue());
        }
        for (Added added : files) {
            session.createNativeMutationQuery("insert into attachment_variant (attachment_id, variant, sha256, type)"
                            + " values (:id, :variant, :hash, :type)")
                    .setParameter("id", attachment)
                    .setParameter("variant", added.variant().stored())
                    .setParameter("hash", HexFormat.of().parseHex(hashes.get(added.variant())))
                    .setParameter("type", added.mediaType())
                    .executeUpdate();
        }
    }

    private void claim(String sha256, Path file) throws IOException {
        byte[] hash = HexFormat.of().parseHex(sha256);
        // xmax is 0 in a row that this statement has inserted, and not in one that it has locked.
        boolean isNew = session.createNativeQuery(
                        "insert into attachment_content (sha256, size) values (:hash, :size)"
                                + " on conflict (sha256) do update set claimed_at = now() returning xmax = 0",
                        Boolean.class)
                .setParameter("hash", hash)
                .setParameter("size", Files.size(file))
                .getSingleResult();
        if (isNew) {
            store.write(sha256, file);
        }
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return FileHashes.sha256(in);
        }
    }

    Optional<Stored> find(UUID attachment, FileVariant variant) {
        return session.createNativeQuery(
                        "select encode(sha256, 'hex') as hash, type from attachment_variant"
                                + " where attachment_id = :id and variant = :variant",
                        Tuple.class)
                .setParameter("id", attachment)
                .setParameter("variant", variant.stored())
                .uniqueResultOptional()
                .map(row -> new Stored(row.get("hash", String.class), row.get("type", String.class)));
    }

    void write(Stored stored, OutputStream out) throws IOException {
        store.read(stored.sha256(), out);
    }

    /** The hashes of everything that these refer to. */
    List<String> of(Collection<UUID> attachments) {
        return session.createNativeQuery(
                        "select distinct encode(sha256, 'hex') from attachment_variant where attachment_id = any(:ids)",
                        String.class)
                .setParameter("ids", attachments.toArray(UUID[]::new))
                .getResultList();
    }

    void forgetVariants(UUID attachment) {
        session.createNativeMutationQuery("delete from attachment_variant where attachment_id = :id")
                .setParameter("id", attachment)
                .executeUpdate();
    }

    /**
     * Deletes those of the contents to which nobody refers any more. Each row is locked first, in an order that all keep,
     * and looked at by a statement of its own, which sees what others have committed meanwhile.
     */
    void sweep(Collection<String> hashes) {
        for (String sha256 : new TreeSet<>(hashes)) {
            byte[] hash = HexFormat.of().parseHex(sha256);
            boolean there = session.createNativeQuery(
                            "select true from attachment_content where sha256 = :hash for update", Boolean.class)
                    .setParameter("hash", hash)
                    .uniqueResultOptional()
                    .isPresent();
            if (there && !isReferredTo(hash)) {
                store.delete(sha256);
                session.createNativeMutationQuery("delete from attachment_content where sha256 = :hash")
                        .setParameter("hash", hash)
                        .executeUpdate();
            }
        }
    }

    private boolean isReferredTo(byte[] hash) {
        return session.createNativeQuery(
                        "select exists (select 1 from attachment_variant where sha256 = :hash)", Boolean.class)
                .setParameter("hash", hash)
                .getSingleResult();
    }

    /**
     * Bytes of all contents, as of some seconds ago: with many files the sum takes a while. What is deleted makes room at
     * once, although PostgreSQL keeps its place on the disk for what comes next.
     */
    long room() {
        Counted last = counted;
        if (last == null || System.nanoTime() - last.at() >= countedFor.toNanos()) {
            long bytes = session.createNativeQuery(
                            "select coalesce(sum(size), 0)::bigint from attachment_content", Long.class)
                    .getSingleResult();
            last = new Counted(bytes, System.nanoTime());
            counted = last;
        }
        return last.bytes();
    }
}
