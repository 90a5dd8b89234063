package io.replyloop.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An entry as admins see it. Actions and kinds are texts and not enums: while a cluster is upgraded, a node reads what
 * a newer one has written.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntryView(
        @Schema(description = "Id of the entry; a later one is greater", examples = "4711", required = true)
        long id,

        @Schema(description = "When it was done", required = true)
        Instant at,

        @Schema(
                description = "What kind of somebody has done it; a visitor was not signed in",
                type = SchemaType.STRING,
                implementation = ActorKind.class,
                examples = "account",
                required = true)
        String actorKind,

        @Schema(description = "Id of the account; absent where it was none")
        UUID actorId,

        @Schema(
                description = "The account's name as it was then; empty where it was none",
                examples = "Anna",
                required = true)
        String actorName,

        @Schema(
                description = "Network address, of IPv6 the /64 network; absent where none is known",
                examples = "203.0.113.7")
        String address,

        @Schema(
                description = "What was done",
                type = SchemaType.STRING,
                implementation = AuditAction.class,
                examples = "reply.published",
                required = true)
        String action,

        @Schema(
                description = "What kind of thing it was done to",
                type = SchemaType.STRING,
                implementation = AuditObject.Kind.class,
                examples = "reply",
                required = true)
        String objectKind,

        @Schema(description = "Its id; absent where there is only one of the kind")
        String objectId,

        @Schema(description = "What it was called then; absent where it has no name", examples = "Returns")
        String label,

        @Schema(
                description = "What has changed, as it was before: fields by name",
                type = SchemaType.OBJECT,
                implementation = Object.class)
        JsonNode before,

        @Schema(
                description = "What has changed, as it was afterwards. Of a long text only the number of characters",
                type = SchemaType.OBJECT,
                implementation = Object.class)
        JsonNode after,

        @Schema(description = "When label and changes were erased; absent when they were not")
        Instant erasedAt) {}
