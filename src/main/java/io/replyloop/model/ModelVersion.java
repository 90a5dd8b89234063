package io.replyloop.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One model: a directory of files that never change once registered. */
@Entity
@Table(name = "model_version")
class ModelVersion extends PanacheEntityBase {
    @Id
    UUID id;

    /** The number that people use for it; assigned by the database. */
    @Generated
    @Column(insertable = false, updatable = false)
    Long number;

    @Column(name = "parent_id")
    UUID parentId;

    String origin;
    String directory;
    String sha256;

    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode metrics;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "uploaded_by")
    UUID uploadedBy;

    @Column(name = "uploaded_file")
    String uploadedFile;

    @Column(name = "archive_sha256")
    String archiveSha256;

    boolean pinned;

    /** Null as long as its files are there. */
    @Column(name = "files_removed_at")
    Instant filesRemovedAt;
}
