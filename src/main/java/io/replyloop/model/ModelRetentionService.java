package io.replyloop.model;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.audit.Actor;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Removes the files of old models by the admins' rule. What is known about a model stays: its row, its figures, its card.
 * The row says first that the files are gone; a deletion that was interrupted is taken up again.
 */
@ApplicationScoped
public class ModelRetentionService {
    private static final Logger LOG = Logger.getLogger(ModelRetentionService.class);

    private final ModelRegistry registry;
    private final Instance<ModelsInUse> uses;
    private final ModelRetentionService self;
    private final AuditLog audit;

    ModelRetentionService(
            ModelRegistry registry, @Any Instance<ModelsInUse> uses, ModelRetentionService self, AuditLog audit) {
        this.registry = registry;
        this.uses = uses;
        this.self = self;
        this.audit = audit;
    }

    @Transactional
    ModelRetentionView rule() {
        return ModelRetention.only().view();
    }

    @Transactional
    ModelRetentionView change(ModelRetentionView wanted, UUID agent) {
        ModelRetention rule = ModelRetention.only();
        Map<String, Object> before = rule.settings();
        rule.enabled = wanted.enabled();
        rule.keepNewest = wanted.keepNewest();
        rule.promotedDays = wanted.promotedDays();
        AuditDetails changes = AuditDetails.between(before, rule.settings());
        if (!changes.isEmpty()) {
            rule.changedBy = agent;
            audit.record(
                    AuditAction.MODEL_RETENTION_CHANGED,
                    AuditObject.theOnly(AuditObject.Kind.MODEL_RETENTION),
                    changes);
        }
        return rule.view();
    }

    /** The models whose files this rule would remove now, the oldest first, by their numbers. */
    @Transactional
    List<Long> preview(int keepNewest, int promotedDays) {
        return due(keepNewest, promotedDays).stream()
                .map(version -> version.number)
                .toList();
    }

    @Transactional
    ModelSummary pin(UUID id, boolean pinned) {
        ModelVersion version =
                ModelVersion.<ModelVersion>findByIdOptional(id).orElseThrow(() -> Problem.notFound("model"));
        if (version.pinned != pinned) {
            version.pinned = pinned;
            audit.record(
                    pinned ? AuditAction.MODEL_PINNED : AuditAction.MODEL_UNPINNED,
                    object(version),
                    AuditDetails.none());
        }
        return registry.summary(id);
    }

    @Scheduled(
            every = "${replyloop.model-retention.check:1h}",
            delayed = "2m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        DatabaseAway.orLater(this::removeDue, LOG, "files of old models are removed later");
    }

    /** Two nodes at once do no harm: the row is written under a lock, and files that are gone are gone. */
    void removeDue() {
        self.markDue();
        self.removed().forEach(this::deleteFiles);
    }

    @Transactional
    void markDue() {
        registry.lock();
        ModelRetention rule = ModelRetention.only();
        if (rule.enabled) {
            due(rule.keepNewest, rule.promotedDays).forEach(this::markRemoved);
        }
    }

    @Transactional
    List<ModelVersion> removed() {
        return ModelVersion.list("filesRemovedAt is not null");
    }

    private void markRemoved(ModelVersion version) {
        version.filesRemovedAt = Instant.now();
        audit.record(Actor.SCHEDULE, AuditAction.MODEL_FILES_REMOVED, object(version), AuditDetails.none());
        LOG.infof("The files of model %d are removed by the rule", version.number);
    }

    private void deleteFiles(ModelVersion version) {
        try {
            var directory = ModelDirectory.resolve(registry.folder(), version.directory);
            if (Files.exists(directory)) {
                ModelDirectory.delete(directory);
            }
        } catch (UncheckedIOException failure) {
            LOG.warnf("The files of model %d cannot be deleted, and it is tried again: %s", version.number, failure);
        }
    }

    private List<ModelVersion> due(int keepNewest, int promotedDays) {
        List<ModelVersion> newestFirst = ModelVersion.list("order by number desc");
        Set<UUID> kept = new HashSet<>();
        newestFirst.stream().limit(keepNewest).forEach(version -> kept.add(version.id));
        registry.championId().ifPresent(kept::add);
        registry.reign().ifPresent(reign -> kept.add(reign.previous()));
        uses.forEach(use -> kept.addAll(use.models()));
        Instant since = Instant.now().minus(Duration.ofDays(promotedDays));
        registry.promotions().forEach((model, at) -> {
            if (promotedDays > 0 && at.isAfter(since)) {
                kept.add(model);
            }
        });
        List<ModelVersion> due = newestFirst.stream()
                .filter(version -> version.filesRemovedAt == null && !version.pinned && !kept.contains(version.id))
                .filter(version -> !version.origin.equals(ModelSource.BUILT_IN))
                .toList();
        return due.stream()
                .sorted((one, other) -> Long.compare(one.number, other.number))
                .toList();
    }

    private static AuditObject object(ModelVersion version) {
        return AuditObject.numbered(AuditObject.Kind.MODEL, version.id, version.number);
    }
}
