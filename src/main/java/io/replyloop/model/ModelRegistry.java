package io.replyloop.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Knows every model version and which one serves. A promotion is one row; the newest row determines the champion, so a
 * rollback is the promotion of an older version. Files are verified before a version is promoted and whenever the
 * champion is requested, never inside a transaction.
 */
@ApplicationScoped
public class ModelRegistry {
    private static final Logger LOG = Logger.getLogger(ModelRegistry.class);

    /** Key of the PostgreSQL advisory lock for registering and promoting versions. */
    private static final long LOCK = 0x6d6f64656cL;

    /** What is stored as imported, as older releases know it, but was brought by an admin. */
    private static final String UPLOAD = "upload";

    private final EntityManager database;
    private final ChampionWatch watch;
    private final Path folder;
    private final Instance<ModelCheck> checks;
    private final AuditLog audit;
    private final Event<ModelPromoted> promoted;
    private final LearnedFromErased erased;

    ModelRegistry(
            EntityManager database,
            ChampionWatch watch,
            ModelFolder folder,
            @Any Instance<ModelCheck> checks,
            LearnedFromErased erased,
            AuditLog audit,
            Event<ModelPromoted> promoted) {
        this.checks = checks;
        this.erased = erased;
        this.database = database;
        this.watch = watch;
        this.folder = folder.path();
        this.audit = audit;
        this.promoted = promoted;
    }

    /** The folder of version directories, shared by all nodes and training workers. */
    public Path folder() {
        return folder;
    }

    /**
     * The serving version, if any was ever promoted.
     *
     * @throws Problem {@code model-damaged}, naming the file, if its directory differs from what was registered;
     *     callers should keep the model that is loaded
     */
    public Optional<ModelVersionView> champion() {
        ModelVersion version = QuarkusTransaction.joiningExisting().call(this::newestChampion);
        if (version == null) {
            return Optional.empty();
        }
        verify(version);
        return Optional.of(view(version));
    }

    /** The id of the serving version; reads no file. */
    @Transactional
    public Optional<UUID> championId() {
        return Optional.ofNullable(ModelPromotion.newest()).map(promotion -> promotion.modelId);
    }

    /**
     * The serving model, since when it serves, and the previous one.
     *
     * @param number of {@code model}
     */
    public record Reign(UUID model, long number, Instant since, UUID previous, long previousNumber) {}

    /** Empty if only one model has ever served. */
    @Transactional
    public Optional<Reign> reign() {
        List<ModelPromotion> newest = ModelPromotion.<ModelPromotion>find("order by id desc")
                .page(0, 2)
                .list();
        if (newest.size() < 2) {
            return Optional.empty();
        }
        ModelVersion serving = version(newest.get(0).modelId);
        ModelVersion before = version(newest.get(1).modelId);
        return Optional.of(new Reign(serving.id, serving.number, newest.get(0).promotedAt, before.id, before.number));
    }

    /** A version by its id, without verifying its files. */
    @Transactional
    public ModelVersionView get(UUID id) {
        return view(version(id));
    }

    /** The numbers of these models and of all their descendants. */
    @Transactional
    public List<Long> numbersOfDescendants(Collection<UUID> models) {
        Set<UUID> descended = descended(ModelVersion.listAll(Sort.ascending("number")), models);
        return ModelVersion.<ModelVersion>list("id in ?1 order by number", descended).stream()
                .map(version -> version.number)
                .toList();
    }

    /** The serving version, or else its newest ancestor, that has not learned anything erased later. */
    @Transactional
    public Optional<UUID> championWithoutErased() {
        List<ModelVersion> versions = ModelVersion.listAll(Sort.ascending("number"));
        Set<UUID> descended = descended(versions, erased.models());
        Set<UUID> removed = new HashSet<>();
        versions.stream().filter(one -> one.filesRemovedAt != null).forEach(one -> removed.add(one.id));
        Map<UUID, UUID> parents = new HashMap<>();
        versions.forEach(version -> parents.put(version.id, version.parentId));
        UUID candidate = championId().orElse(null);
        while (candidate != null && (descended.contains(candidate) || removed.contains(candidate))) {
            candidate = parents.get(candidate);
        }
        return Optional.ofNullable(candidate);
    }

    private static Set<UUID> descended(List<ModelVersion> oldestFirst, Collection<UUID> models) {
        Set<UUID> descended = new HashSet<>(models);
        for (ModelVersion version : oldestFirst) {
            if (version.parentId != null && descended.contains(version.parentId)) {
                descended.add(version.id);
            }
        }
        return descended;
    }

    /**
     * A version whose files have been verified.
     *
     * @throws Problem {@code model-damaged}, naming the file
     */
    public ModelVersionView verified(UUID id) {
        ModelVersion version = QuarkusTransaction.joiningExisting().call(() -> version(id));
        verify(version);
        return view(version);
    }

    /** When each version was put into service last. */
    @Transactional
    public Map<UUID, Instant> promotions() {
        Map<UUID, Instant> promotions = new HashMap<>();
        List<ModelPromotion> oldestFirst = ModelPromotion.listAll(Sort.ascending("id"));
        oldestFirst.forEach(promotion -> promotions.put(promotion.modelId, promotion.promotedAt));
        return promotions;
    }

    /** All versions, newest first. */
    @Transactional
    public List<ModelSummary> versions() {
        List<ModelVersion> versions = ModelVersion.listAll(Sort.descending("number"));
        List<ModelVersion> byAge = new ArrayList<>(versions);
        Collections.reverse(byAge);
        Set<UUID> withErased = descended(byAge, erased.models());
        Map<UUID, Long> numbers = new HashMap<>();
        versions.forEach(version -> numbers.put(version.id, version.number));
        Map<UUID, ModelPromotion> promotions = new HashMap<>();
        List<ModelPromotion> oldestFirst = ModelPromotion.listAll(Sort.ascending("id"));
        oldestFirst.forEach(promotion -> promotions.put(promotion.modelId, promotion));
        UUID serving = oldestFirst.isEmpty() ? null : oldestFirst.get(oldestFirst.size() - 1).modelId;
        return versions.stream()
                .map(version ->
                        summary(version, numbers, promotions.get(version.id), serving, withErased.contains(version.id)))
                .toList();
    }

    @Transactional
    public ModelSummary summary(UUID id) {
        return versions().stream()
                .filter(summary -> summary.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("model"));
    }

    /** Registers an installed directory as a version; the same contents are registered only once. */
    @Transactional
    public ModelVersionView register(String origin, UUID parent, ModelDirectory.Installed installed, JsonNode metrics) {
        lock();
        ModelVersion known = ModelVersion.find("directory", installed.name()).firstResult();
        if (known != null && known.sha256.equals(installed.sha256())) {
            return view(known);
        }
        ModelVersion version = new ModelVersion();
        version.id = UUID.randomUUID();
        version.parentId = parent;
        version.origin = origin;
        version.directory = installed.name();
        version.sha256 = installed.sha256();
        version.metrics = metrics == null ? JsonNodeFactory.instance.objectNode() : metrics;
        version.createdAt = Instant.now();
        version.persistAndFlush();
        LOG.infof("Model %d (%s) registered: %s", version.number, origin, installed.name());
        return view(version);
    }

    /**
     * Promotes a version on every node. Promoting the version that already serves changes nothing.
     *
     * @param agent who promotes it; null for the application
     */
    public ModelSummary promote(UUID id, UUID agent) {
        ModelVersion version = QuarkusTransaction.joiningExisting().call(() -> version(id));
        verify(version);
        requireUsable(directory(version));
        QuarkusTransaction.requiringNew().run(() -> {
            lock();
            addPromotion(version, agent, false);
        });
        watch.look();
        return summary(id);
    }

    /**
     * Promotes a version if the champion is still the one that it was compared with.
     *
     * @return whether it serves; false if another model has been promoted in the meantime
     */
    public boolean promoteOver(UUID champion, UUID id, UUID agent) {
        ModelVersion version = QuarkusTransaction.joiningExisting().call(() -> version(id));
        verify(version);
        requireUsable(directory(version));
        boolean serves = QuarkusTransaction.requiringNew().call(() -> {
            lock();
            ModelPromotion newest = ModelPromotion.newest();
            if (newest != null && newest.modelId.equals(champion)) {
                return addPromotion(version, agent, true);
            }
            return newest != null && newest.modelId.equals(id);
        });
        watch.look();
        return serves;
    }

    /** @throws Problem {@code model-damaged}, if the model is intact but cannot serve */
    void requireUsable(Path directory) {
        checks.forEach(check -> check.check(directory));
    }

    /**
     * Promotes a version unless a person has chosen one; {@code override} also replaces the application's own choice.
     */
    boolean promoteIfNobodyChose(UUID id, boolean override) {
        boolean promoted = QuarkusTransaction.requiringNew().call(() -> {
            lock();
            ModelPromotion newest = ModelPromotion.newest();
            boolean ours = newest != null && newest.promotedBy == null;
            if (newest != null && !(override && ours)) {
                return false;
            }
            return addPromotion(version(id), null, false);
        });
        if (promoted) {
            watch.look();
        }
        return promoted;
    }

    @Transactional
    Optional<ModelVersionView> byHash(String sha256) {
        return ModelVersion.<ModelVersion>find("sha256 = ?1 order by number", sha256)
                .firstResultOptional()
                .map(this::view);
    }

    private boolean addPromotion(ModelVersion version, UUID agent, boolean automatic) {
        requireFiles(version(version.id));
        ModelPromotion newest = ModelPromotion.newest();
        if (newest != null && newest.modelId.equals(version.id)) {
            return false;
        }
        ModelPromotion promotion = new ModelPromotion();
        promotion.modelId = version.id;
        promotion.promotedBy = agent;
        promotion.automatic = automatic;
        promotion.promotedAt = Instant.now();
        promotion.persist();
        ModelVersion before = newest == null ? null : version(newest.modelId);
        record(version, before);
        promoted.fire(new ModelPromoted(
                version.id,
                version.number,
                before == null ? null : before.id,
                before == null ? null : before.number,
                agent,
                automatic,
                promotion.promotedAt));
        LOG.infof("Model %d promoted by %s", version.number, agent == null ? "the application" : agent);
        return true;
    }

    private void record(ModelVersion version, ModelVersion before) {
        boolean back = before != null && version.number < before.number;
        audit.record(
                back ? AuditAction.MODEL_ROLLED_BACK : AuditAction.MODEL_PROMOTED,
                AuditObject.numbered(AuditObject.Kind.MODEL, version.id, version.number),
                AuditDetails.between(
                        before == null ? Map.of() : Map.of("serving", before.number),
                        Map.of("serving", version.number)));
    }

    private ModelVersion newestChampion() {
        ModelPromotion newest = ModelPromotion.newest();
        return newest == null ? null : ModelVersion.findById(newest.modelId);
    }

    private static ModelVersion version(UUID id) {
        return ModelVersion.<ModelVersion>findByIdOptional(id).orElseThrow(() -> Problem.notFound("model"));
    }

    /** Until this transaction ends, no version is registered or promoted, and none loses its files. */
    public void lock() {
        TransactionLock.hold(database, LOCK);
    }

    private void verify(ModelVersion version) {
        requireFiles(version);
        ModelDirectory.verify(directory(version), version.sha256);
    }

    private static void requireFiles(ModelVersion version) {
        if (version.filesRemovedAt != null) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "The files of model " + version.number + " were removed by the rule for old models. Upload them"
                            + " again, or choose another model.");
        }
    }

    private Path directory(ModelVersion version) {
        return ModelDirectory.resolve(folder, version.directory);
    }

    private ModelVersionView view(ModelVersion version) {
        return new ModelVersionView(version.id, version.number, directory(version));
    }

    private static ModelSummary summary(
            ModelVersion version, Map<UUID, Long> numbers, ModelPromotion promotion, UUID serving, boolean withErased) {
        return new ModelSummary(
                version.id,
                version.number,
                version.uploadedFile == null ? version.origin : UPLOAD,
                version.parentId == null ? null : numbers.get(version.parentId),
                version.createdAt,
                version.metrics,
                version.id.equals(serving),
                promotion == null ? null : promotion.promotedAt,
                promotion == null ? null : promotion.promotedBy,
                withErased,
                version.uploadedBy,
                version.uploadedFile,
                version.archiveSha256,
                version.pinned,
                version.filesRemovedAt);
    }
}
