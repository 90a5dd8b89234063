package io.replyloop.draft;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.conversation.ConversationService;
import io.replyloop.draft.DraftRows.Row;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.CustomerErasure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Keeps what an agent writes while it is written. Where two devices have changed a draft without knowing of each other, the
 * newer text stays, and the older one is put aside for the agent to look at: nothing is written over unseen.
 */
@ApplicationScoped
public class DraftService {
    private static final Logger LOG = Logger.getLogger(DraftService.class);
    private static final int LONGEST_ASIDE = 2 * DraftSave.LONGEST_TEXT;

    private final DraftRows rows;
    private final ConversationService conversations;
    private final DraftConfig config;
    private final DraftService self;
    private final Event<DraftChanged> changed;

    DraftService(
            DraftRows rows,
            ConversationService conversations,
            DraftConfig config,
            DraftService self,
            Event<DraftChanged> changed) {
        this.rows = rows;
        this.conversations = conversations;
        this.config = config;
        this.self = self;
        this.changed = changed;
    }

    @Transactional
    public Optional<DraftView> find(UUID agent, UUID conversation) {
        return rows.find(agent, conversation).map(row -> row.view(Instant.now()));
    }

    /** Stores it, and tells the agent's devices what is there now; a repeated save changes nothing. */
    @Transactional
    public void save(UUID agent, UUID conversation, DraftSave save) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Optional<Row> known = rows.lock(agent, conversation);
        if (known.isEmpty() && insert(agent, conversation, save, now)) {
            return;
        }
        Optional<Row> there = known.or(() -> rows.lock(agent, conversation));
        if (there.isEmpty()) {
            // Nothing to keep, or it was sent a moment ago.
            changed.fire(new DraftChanged(agent, conversation, rows.nextRevision(), null));
        } else if (there.get().version().equals(save.version())) {
            changed.fire(new DraftChanged(
                    agent, conversation, there.get().revision(), there.get().view(now)));
        } else {
            store(agent, conversation, merged(there.get(), save, now), now);
        }
    }

    /** @return whether it is there; false where there is nothing to keep, or another device was quicker */
    private boolean insert(UUID agent, UUID conversation, DraftSave save, Instant now) {
        Row row = row(save, save.client(), save.content(), save.aside(), now.minus(save.age()));
        if (isNothing(row)) {
            return false;
        }
        if (conversations.numbers(List.of(conversation)).isEmpty()) {
            throw Problem.notFound("conversation");
        }
        if (rows.count(agent) >= config.most()) {
            throw new Problem(
                    ProblemCode.INVALID,
                    "The server keeps at most " + config.most()
                            + " drafts of yours; send or empty some. This one stays in your browser.");
        }
        boolean inserted = rows.insert(agent, conversation, row);
        if (inserted) {
            changed.fire(new DraftChanged(agent, conversation, row.revision(), row.view(now)));
        }
        return inserted;
    }

    private Row merged(Row there, DraftSave save, Instant now) {
        Instant editedAt = now.minus(save.age());
        if (there.version().equals(save.base())) {
            return row(save, save.client(), save.content(), save.aside(), editedAt);
        }
        DraftText aside = joined(there.aside(), save.aside());
        if (there.client().equals(save.client())) {
            // The same tab has written on before it was told of what it had saved.
            return row(save, save.client(), save.content(), aside, editedAt);
        }
        boolean wins = there.content().isBlank() || (!save.content().isBlank() && !editedAt.isBefore(there.editedAt()));
        DraftContent kept = wins ? save.content() : there.content();
        DraftText other = (wins ? there.content() : save.content()).words();
        if (!other.isBlank() && !other.isIn(kept.words())) {
            aside = joined(aside, other);
        }
        return wins
                ? row(save, save.client(), kept, aside, editedAt)
                : row(save, there.client(), kept, aside, there.editedAt());
    }

    private static DraftText joined(DraftText older, DraftText newer) {
        return newer == null ? older : DraftText.joined(older, newer, LONGEST_ASIDE);
    }

    private Row row(DraftSave save, String client, DraftContent content, DraftText aside, Instant editedAt) {
        DraftText kept = aside == null || aside.isBlank() ? null : aside;
        return new Row(save.version(), rows.nextRevision(), client, content, kept, editedAt);
    }

    private void store(UUID agent, UUID conversation, Row row, Instant now) {
        if (isNothing(row)) {
            rows.delete(agent, conversation);
            changed.fire(new DraftChanged(agent, conversation, row.revision(), null));
        } else {
            rows.update(agent, conversation, row);
            changed.fire(new DraftChanged(agent, conversation, row.revision(), row.view(now)));
        }
    }

    private static boolean isNothing(Row row) {
        return row.content().isBlank() && row.aside() == null;
    }

    /**
     * The message that was made of it is stored; what was put aside stays. If another device has written on meanwhile, that
     * stays, too.
     */
    @Transactional
    public void sent(UUID agent, UUID conversation, UUID version) {
        Row there = rows.lock(agent, conversation).orElse(null);
        if (there != null && there.version().equals(version)) {
            Row rest = new Row(
                    UUID.randomUUID(),
                    rows.nextRevision(),
                    there.client(),
                    DraftContent.EMPTY,
                    there.aside(),
                    there.editedAt());
            store(agent, conversation, rest, Instant.now());
        }
    }

    void erase(@Observes CustomerErasure erasure) {
        if (erasure.conversation() != null) {
            erasure.removed("drafts", rows.deleteOf(erasure.conversation()));
        }
    }

    @Scheduled(
            every = "${replyloop.drafts.look:1h}",
            delayed = "2m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            self.deleteOld();
        } catch (RuntimeException failure) {
            if (!DatabaseAway.causedBy(failure)) {
                throw failure;
            }
            LOG.debugf("Old drafts are deleted later: %s", failure.getMessage());
        }
    }

    /** @return how many were deleted */
    @Transactional
    public int deleteOld() {
        return rows.deleteEditedBefore(Instant.now().minus(config.kept()));
    }
}
