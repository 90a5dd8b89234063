package io.replyloop.attachment;

import io.replyloop.identity.CustomerAccess;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WrittenFile;
import io.replyloop.privacy.CustomerErasure;
import io.replyloop.privacy.ErasureLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;

/** Stores attachments, makes them parts of messages, hands them out, and deletes them. */
@ApplicationScoped
@Transactional
public class AttachmentService {
    /** Deleted in one transaction. */
    private static final int AT_ONCE = 100;

    private final Session session;
    private final Contents contents;
    private final AttachmentConfig config;
    private final CustomerAccess access;
    private final Path answers;

    AttachmentService(
            Session session,
            Contents contents,
            AttachmentConfig config,
            CustomerAccess access,
            ApplicationFolder application) {
        this.session = session;
        this.contents = contents;
        this.config = config;
        this.access = access;
        answers = application.folder("attachments-sent");
    }

    /**
     * A file that has come, recognised and ready to be stored.
     *
     * @param conversation for whom an agent has uploaded it; null for customers, who have one at most
     * @param shown null for what cannot be shown
     */
    record Incoming(
            UUID id, UUID conversation, String name, FileKind kind, long size, Path file, Pictures.Shown shown) {}

    /** What an earlier try has stored. */
    Optional<UploadView> known(Sender sender, UUID id, String sha256) {
        Attachment known = Attachment.findById(id);
        if (known == null) {
            return Optional.empty();
        }
        boolean same = known.isOf(sender)
                && contents.find(id, FileVariant.ORIGINAL)
                        .map(stored -> stored.sha256().equals(sha256))
                        // Refused by the scan, after which nothing is left to compare.
                        .orElse(true);
        if (!same) {
            throw new Problem(
                    ProblemCode.CONFLICT, "This id was used for something else already; make a new one for each file.");
        }
        return Optional.of(known.upload());
    }

    UploadView store(Sender sender, Incoming file, boolean toBeScanned) throws IOException {
        session.doWork(ErasureLock::shared);
        if (sender.isCustomer()) {
            // Who was erased or blocked while the file came leaves nothing behind.
            access.require(sender.pass());
            requireVolume(sender, file.size());
        }
        requireRoom();
        Attachment attachment = new Attachment();
        attachment.id = file.id();
        attachment.senderKind = sender.kind();
        attachment.senderId = sender.id();
        attachment.customerId = sender.isCustomer() ? sender.id() : null;
        attachment.conversationId = file.conversation();
        attachment.name = file.name();
        attachment.type = file.kind().mediaType();
        attachment.size = file.size();
        attachment.width = file.shown() == null ? null : file.shown().width();
        attachment.height = file.shown() == null ? null : file.shown().height();
        attachment.state = toBeScanned ? UploadState.SCANNING : UploadState.READY;
        attachment.createdAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try {
            attachment.persistAndFlush();
        } catch (ConstraintViolationException refused) {
            throw whyNot(refused);
        }
        List<Contents.Added> added = new ArrayList<>();
        added.add(new Contents.Added(FileVariant.ORIGINAL, file.kind().mediaType(), file.file()));
        if (file.shown() != null) {
            String mediaType = file.shown().mediaType();
            added.add(new Contents.Added(
                    FileVariant.LARGE, mediaType, file.shown().large()));
            added.add(new Contents.Added(
                    FileVariant.THUMBNAIL, mediaType, file.shown().thumbnail()));
        }
        contents.add(file.id(), added);
        return attachment.upload();
    }

    private static Problem whyNot(ConstraintViolationException refused) {
        String constraint = refused.getConstraintName();
        return constraint != null && constraint.contains("conversation")
                ? Problem.notFound("conversation")
                : new Problem(
                        ProblemCode.UNAVAILABLE,
                        "This file is being uploaded already. Try again in a moment.",
                        refused);
    }

    /** On all nodes, and before this one started; {@link UploadVolume} counts what has no row. */
    private void requireVolume(Sender sender, long size) {
        Tuple used = session.createNativeQuery(
                        "select count(*) as files, coalesce(sum(size), 0)::bigint as bytes from attachment"
                                + " where sender_id = :sender and created_at > :since",
                        Tuple.class)
                .setParameter("sender", sender.id())
                .setParameter("since", Instant.now().minus(UploadVolume.HOUR))
                .getSingleResult();
        if (used.get("files", Long.class) >= config.customerPerHour()
                || used.get("bytes", Long.class) + size
                        > config.customerBytesPerHour().asLongValue()) {
            throw UploadVolume.exceeded();
        }
    }

    private void requireRoom() {
        if (contents.room() > config.room().asLongValue()) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "The room for attached files is used up. Send a message without files, or tell the team.");
        }
    }

    Optional<UploadView> upload(Sender sender, UUID id) {
        return Attachment.<Attachment>findByIdOptional(id)
                .filter(attachment -> attachment.isOf(sender))
                .map(Attachment::upload);
    }

    /** Deletes a file that is not sent. */
    void discard(Sender sender, UUID id) {
        Attachment attachment = Attachment.findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (attachment == null || !attachment.isOf(sender) || attachment.sentAt != null) {
            throw Problem.notFound("attachment");
        }
        delete(List.of(id));
    }

    /**
     * Makes files parts of a message, in the transaction that stores it. The caller holds the lock of the conversation.
     *
     * @param sender the customer, or the agent
     * @param internal whether it is a note
     */
    public List<AttachmentView> send(
            UUID sender, UUID conversation, UUID customer, boolean internal, List<UUID> attachments) {
        if (attachments.isEmpty()) {
            return List.of();
        }
        if (attachments.size() > config.perMessage() || new HashSet<>(attachments).size() < attachments.size()) {
            throw new Problem(
                    ProblemCode.INVALID, "A message has at most " + config.perMessage() + " files, each of them once.");
        }
        Map<UUID, Attachment> found = new HashMap<>();
        Attachment.<Attachment>find("id in ?1 order by id", attachments)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .stream()
                .forEach(attachment -> found.put(attachment.id, attachment));
        List<AttachmentView> sent = new ArrayList<>();
        for (UUID id : attachments) {
            Attachment attachment = Optional.ofNullable(found.get(id)).orElseThrow(Attachment::gone);
            attachment.send(sender, conversation, customer, internal);
            sent.add(attachment.view());
        }
        return sent;
    }

    /**
     * A file, or a picture made of it, for somebody who may have it.
     *
     * @param mediaType of these bytes
     */
    record Handed(WrittenFile file, String name, String mediaType) {}

    Optional<Handed> hand(Sender reader, UUID id, FileVariant variant) throws IOException {
        Attachment attachment = Attachment.findById(id);
        if (attachment == null || !attachment.isFor(reader)) {
            return Optional.empty();
        }
        Optional<Contents.Stored> stored = contents.find(id, variant);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        WrittenFile file = WrittenFile.in(answers, out -> contents.write(stored.get(), out));
        return Optional.of(new Handed(file, attachment.name, stored.get().mediaType()));
    }

    /** Everything that belongs to a customer, unsent files included, oldest first. */
    public List<AttachmentView> ofCustomer(UUID customer) {
        return Attachment.<Attachment>find("customerId = ?1 order by createdAt, id", customer).stream()
                .map(Attachment::view)
                .toList();
    }

    /** The original of an attachment, if it is still there. */
    public void write(UUID attachment, OutputStream out) throws IOException {
        Optional<Contents.Stored> stored = contents.find(attachment, FileVariant.ORIGINAL);
        if (stored.isPresent()) {
            contents.write(stored.get(), out);
        }
    }

    void forget(@Observes CustomerErasure erasure) {
        List<UUID> gone = Attachment.<Attachment>find(
                        "customerId = ?1 or conversationId = ?2", erasure.customer(), erasure.conversation())
                .stream()
                .map(attachment -> attachment.id)
                .toList();
        delete(gone);
        erasure.removed("attachments", gone.size());
    }

    /** @return how many; more may be left */
    int deleteUnsent() {
        List<UUID> old = session.createNativeQuery(
                        "select id from attachment where sent_at is null and created_at < :before"
                                + " order by created_at limit :most for update skip locked",
                        UUID.class)
                .setParameter("before", Instant.now().minus(config.unsentFor()))
                .setParameter("most", AT_ONCE)
                .getResultList();
        delete(old);
        return old.size();
    }

    private void delete(List<UUID> attachments) {
        if (attachments.isEmpty()) {
            return;
        }
        List<String> hashes = contents.of(attachments);
        Attachment.delete("id in ?1", attachments);
        contents.sweep(hashes);
    }

    /** The next file to be scanned, which from now on nobody else takes for a while. */
    Optional<UUID> takeForScan(Duration again) {
        return session
                .createNativeQuery("""
                        update attachment set scan_tried_at = now() where id = (
                            select id from attachment
                            where state = 'scanning' and (scan_tried_at is null or scan_tried_at < :before)
                            order by scan_tried_at nulls first, created_at limit 1 for update skip locked)
                        returning id""", UUID.class)
                .setParameter("before", Instant.now().minus(again))
                .getResultList()
                .stream()
                .findFirst();
    }

    void scanned(UUID id, boolean clean) {
        Attachment attachment = Attachment.findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (attachment == null || attachment.state != UploadState.SCANNING) {
            return;
        }
        attachment.state = clean ? UploadState.READY : UploadState.REFUSED;
        if (!clean) {
            List<String> hashes = contents.of(List.of(id));
            contents.forgetVariants(id);
            contents.sweep(hashes);
        }
    }
}
