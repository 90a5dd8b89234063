package io.replyloop.model;

import io.replyloop.audit.Actor;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** The rows of models that were brought by admins. */
@ApplicationScoped
@Transactional
class UploadedModels {
    static final String PREFIX = "upload-";

    /** Who has had it checked; the check outlasts the request. */
    record By(Actor actor, String address) {}

    /** @param sha256 of the archive */
    record Origin(UUID by, String file, String sha256, By finished) {}

    private final Session database;
    private final ModelRegistry registry;
    private final AuditLog audit;

    UploadedModels(Session database, ModelRegistry registry, AuditLog audit) {
        this.database = database;
        this.registry = registry;
        this.audit = audit;
    }

    List<String> directories() {
        return database.createNativeQuery("select directory from model_version", String.class)
                .getResultList();
    }

    /** Stored as imported, which an older release understands, too. */
    UUID register(ModelDirectory.Installed installed, Origin origin) {
        ModelVersionView version = registry.register(ModelSource.IMPORT, null, installed, null);
        database.createNativeMutationQuery("update model_version set uploaded_by = :by, uploaded_file = :file,"
                        + " archive_sha256 = :sha256 where id = :id")
                .setParameter("by", origin.by)
                .setParameter("file", origin.file)
                .setParameter("sha256", origin.sha256)
                .setParameter("id", version.id())
                .executeUpdate();
        recordUpload(version, origin);
        return version.id();
    }

    void bringBack(ModelVersionView version, Origin origin) {
        database.createNativeMutationQuery("update model_version set files_removed_at = null where id = :id")
                .setParameter("id", version.id())
                .executeUpdate();
        recordUpload(version, origin);
    }

    private void recordUpload(ModelVersionView version, Origin origin) {
        audit.record(
                origin.finished.actor,
                AuditAction.MODEL_UPLOADED,
                AuditObject.numbered(AuditObject.Kind.MODEL, version.id(), version.number()),
                AuditDetails.of(Map.of("file", origin.file, "sha256", origin.sha256)),
                origin.finished.address);
    }
}
