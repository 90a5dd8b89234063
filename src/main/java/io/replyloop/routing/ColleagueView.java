package io.replyloop.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Somebody to whom a conversation can be given. */
@Schema(name = "Colleague")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColleagueView(
        @Schema(description = "Id of the account", required = true)
        UUID id,

        @Schema(description = "Name", examples = "Anna", required = true)
        String name,

        @Schema(
                description = "available; away: they say that they take nothing; offline: no console is connected",
                examples = "available",
                required = true)
        AgentState state,

        @Schema(description = "Since when; absent when they were never there")
        Instant since,

        @Schema(description = "How many open conversations they hold", examples = "3", required = true)
        long open,

        @Schema(description = "In how many of these the customer waits for an answer", examples = "1", required = true)
        long waiting,

        @Schema(description = "How many open conversations they are given at most", examples = "5", required = true)
        int capacity) {}
