package io.replyloop.erasure;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.conversation.ConversationErasures;
import io.replyloop.conversation.ConversationErasures.AtRest;
import io.replyloop.platform.DatabaseAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Erases customers whose conversations have been at rest for longer than the team keeps them: some at a time, each in a
 * transaction of its own, so that people are served meanwhile. Two nodes at once do no harm: the row of the conversation is
 * locked and looked at again. Imported conversations, which belong to no customer here, go some hundred in a transaction.
 */
@ApplicationScoped
public class RetentionService {
    private static final Logger LOG = Logger.getLogger(RetentionService.class);
    private static final int AT_ONCE = 200;

    /** Of imported conversations, at one look: each transaction makes the search indexes forget as well. */
    private static final int MOST_IMPORTED = 2_000;

    private final ConversationErasures conversations;
    private final ErasureService erasures;
    private final ImportedConversations imported;
    private final RetentionService self;
    private final AuditLog audit;

    RetentionService(
            ConversationErasures conversations,
            ErasureService erasures,
            ImportedConversations imported,
            RetentionService self,
            AuditLog audit) {
        this.conversations = conversations;
        this.erasures = erasures;
        this.imported = imported;
        this.self = self;
        this.audit = audit;
    }

    @Transactional
    public RetentionView rule() {
        RetentionRule rule = RetentionRule.only();
        return new RetentionView(rule.resolvedAfter, rule.openAfter, rule.importedAfter);
    }

    @Transactional
    public RetentionView change(RetentionView wanted, UUID agent) {
        RetentionRule rule = RetentionRule.only();
        Map<String, Object> before = rule.settings();
        rule.resolvedAfter = wanted.resolvedAfter();
        rule.openAfter = wanted.openAfter();
        rule.importedAfter = wanted.importedAfter();
        rule.changedBy = agent;
        AuditDetails changes = AuditDetails.between(before, rule.settings());
        if (!changes.isEmpty()) {
            audit.record(AuditAction.RETENTION_CHANGED, AuditObject.theOnly(AuditObject.Kind.RETENTION_RULE), changes);
        }
        return wanted;
    }

    /** What such a rule would delete now. */
    @Transactional
    public RetentionPreview due(RetentionView rule) {
        Instant begun = before(rule.importedAfter());
        return new RetentionPreview(conversations.count(atRest(rule)), begun == null ? 0 : imported.begunBefore(begun));
    }

    /** Imported conversations that began before are not kept; empty where all are. */
    @Transactional
    public Optional<Instant> importedKeptSince() {
        return Optional.ofNullable(before(RetentionRule.only().importedAfter));
    }

    @Scheduled(
            every = "${replyloop.erasure.retention-check:10m}",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        DatabaseAway.orLater(
                () -> {
                    eraseDue();
                    forgetImported();
                },
                LOG,
                "old conversations are erased later");
    }

    /** @return how many customers were erased */
    int eraseDue() {
        AtRest atRest = atRest(self.rule());
        List<UUID> due = self.customers(atRest);
        int erased = 0;
        for (UUID customer : due) {
            erased += erases(customer, atRest) ? 1 : 0;
        }
        return erased;
    }

    /** @return how many imported conversations were deleted */
    public int forgetImported() {
        Instant begun = before(self.rule().importedAfter());
        if (begun == null) {
            return 0;
        }
        int all = 0;
        int some = 0;
        do {
            some = imported.forgetBegunBefore(begun);
            all += some;
        } while (some > 0 && all < MOST_IMPORTED);
        return all;
    }

    /** One that fails keeps nobody else from being erased. */
    private boolean erases(UUID customer, AtRest atRest) {
        try {
            return erasures.eraseAtRest(customer, atRest).isPresent();
        } catch (RuntimeException failure) {
            if (DatabaseAway.causedBy(failure)) {
                throw failure;
            }
            LOG.errorf(failure, "Customer %s cannot be erased, and will be tried again", customer);
            return false;
        }
    }

    @Transactional
    List<UUID> customers(AtRest atRest) {
        return conversations.customers(atRest, AT_ONCE);
    }

    private static AtRest atRest(RetentionView rule) {
        return new AtRest(before(rule.resolvedAfter()), before(rule.openAfter()));
    }

    private static Instant before(Integer days) {
        return days == null ? null : Instant.now().minus(Duration.ofDays(days));
    }
}
