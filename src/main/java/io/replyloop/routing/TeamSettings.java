package io.replyloop.routing;

import io.replyloop.platform.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What admins decide about a team. */
public record TeamSettings(
        @Schema(description = "Name, which customers do not see", examples = "Billing")
        @NotBlank(message = "give the team a name")
        @Size(max = 60, message = "has at most 60 characters")
        @PlainText(lines = false)
        String name,

        @Schema(description = "Whether its waiting conversations are given out in turn", examples = "true")
        boolean roundRobin,

        @Schema(
                description = "How many seconds an agent has to open a conversation that was given out; absent: 60",
                examples = "60")
        @Min(value = 10, message = "is at least 10 seconds")
        @Max(value = 3600, message = "is at most an hour")
        Integer acceptWithin,

        @Schema(description = "Ids of its members")
        @NotNull(message = "send a list of accounts, which may be empty")
        @Size(max = 500, message = "has at most 500 members")
        List<@NotNull(message = "is the id of an account") UUID> members) {
    static final int ACCEPT_WITHIN = 60;

    public TeamSettings {
        name = name == null ? null : name.strip();
        acceptWithin = acceptWithin == null ? Integer.valueOf(ACCEPT_WITHIN) : acceptWithin;
    }
}
