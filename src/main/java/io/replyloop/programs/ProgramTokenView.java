package io.replyloop.programs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A token as admins see it, without the secret. */
@Schema(name = "ProgramToken")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProgramTokenView(
        @Schema(description = "Id of the token, which is no secret", required = true)
        UUID id,

        @Schema(description = "What people call the program", examples = "Chatwoot", required = true)
        String name,

        @Schema(description = "What it may do", required = true)
        List<Scope> scopes,

        @Schema(description = "The last characters of the token", examples = "9fQk", required = true)
        String hint,

        @Schema(description = "The admin who made it, or renewed it last", examples = "Anna", required = true)
        String madeBy,

        @Schema(description = "When that was", required = true)
        Instant madeAt,

        @Schema(description = "When it expires; absent if it does not")
        Instant expiresAt,

        @Schema(description = "When it was last used, to the minute; absent if it never was")
        Instant lastUsedAt,

        @Schema(description = "Whether it is valid now, and if not, why", examples = "valid", required = true)
        State state) {

    /** Revoked ones are not shown. */
    @Schema(name = "ProgramTokenState")
    public enum State {
        VALID,
        EXPIRED,
        /** Whoever made it is no admin any more; another one can renew it. */
        MAKER_LEFT;

        @JsonValue
        public String wireName() {
            return WireNames.of(this);
        }
    }
}
