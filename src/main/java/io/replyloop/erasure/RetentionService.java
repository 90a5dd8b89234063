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
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Erases customers whose conversations have been at rest for longer than the team keeps them: some at a time, each in a
 * transaction of its own, so that people are served meanwhile. Two nodes at once do no harm: the row of the conversation is
 * locked and looked at again.
 */
@ApplicationScoped
public class RetentionService {
    private static final Logger LOG = Logger.getLogger(RetentionService.class);
    private static final int AT_ONCE = 200;

    private final ConversationErasures conversations;
    private final ErasureService erasures;
    private final RetentionService self;
    private final AuditLog audit;

    RetentionService(
            ConversationErasures conversations, ErasureService erasures, RetentionService self, AuditLog audit) {
        this.conversations = conversations;
        this.erasures = erasures;
        this.self = self;
        this.audit = audit;
    }

    @Transactional
    public RetentionView rule() {
        RetentionRule rule = RetentionRule.only();
        return new RetentionView(rule.resolvedAfter, rule.openAfter);
    }

    @Transactional
    public RetentionView change(RetentionView wanted, UUID agent) {
        RetentionRule rule = RetentionRule.only();
        Map<String, Object> before = rule.settings();
        rule.resolvedAfter = wanted.resolvedAfter();
        rule.openAfter = wanted.openAfter();
        rule.changedBy = agent;
        AuditDetails changes = AuditDetails.between(before, rule.settings());
        if (!changes.isEmpty()) {
            audit.record(AuditAction.RETENTION_CHANGED, AuditObject.theOnly(AuditObject.Kind.RETENTION_RULE), changes);
        }
        return wanted;
    }

    /** How many customers such a rule would erase now. */
    @Transactional
    public long due(RetentionView rule) {
        return conversations.count(atRest(rule));
    }

    @Scheduled(
            every = "${replyloop.erasure.retention-check:10m}",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            eraseDue();
        } catch (RuntimeException failure) {
            if (!DatabaseAway.causedBy(failure)) {
                throw failure;
            }
            LOG.debugf("Old conversations are erased later: %s", failure.getMessage());
        }
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
