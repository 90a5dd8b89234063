package io.replyloop.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What was found in a file. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "HistoryReport")
public record HistoryReport(
        @Schema(description = "Conversations that are taken", examples = "4098", required = true)
        int conversations,

        @Schema(description = "Their messages", examples = "80211", required = true)
        int messages,

        @Schema(description = "Messages of agents among them", examples = "37408", required = true)
        int agentMessages,

        @Schema(
                description = "Conversations by the language of their messages, as far as their characters tell",
                required = true)
        Map<String, Integer> languages,

        @Schema(description = "When the first of them began")
        Instant from,

        @Schema(description = "When the last of them began") Instant to,

        @Schema(description = "What was left out, and why", required = true)
        List<Omission> leftOut,

        @Schema(description = "Personal data that was masked, by kind", required = true)
        Map<String, Integer> masked,

        @Schema(
                description = "Messages of people of whom neither their name nor anybody said what they are",
                examples = "0",
                required = true)
        int byOthers,

        @Schema(
                description = "Messages of agents that say what a published reply says",
                examples = "210",
                required = true)
        int matched,

        @Schema(description = "Of how many replies", examples = "12", required = true)
        int matchedReplies,

        @Schema(description = "Drafts of replies", examples = "310", required = true)
        int drafts,

        @Schema(description = "Messages of agents that these stand for", examples = "30011", required = true)
        int inDrafts,

        @Schema(
                description = "Whether there is no encoder, so that only the same words are put together",
                required = true)
        boolean byWordsOnly) {

    @Schema(name = "HistoryOmission")
    public record Omission(
            @Schema(description = "Why", examples = "no-agent", required = true)
            LeftOut why,

            @Schema(description = "How many", examples = "12", required = true)
            int count,

            @Schema(description = "The first lines of the file in which there is such", required = true)
            List<Integer> lines) {}

    static HistoryReport empty() {
        return new HistoryReport(0, 0, 0, Map.of(), null, null, List.of(), Map.of(), 0, 0, 0, 0, 0, false);
    }

    /** @param unused messages of agents that are neither in a draft nor matched, and why */
    HistoryReport analysed(
            int matchedMessages,
            int ofReplies,
            int foundDrafts,
            int messagesInDrafts,
            boolean wordsOnly,
            Map<LeftOut, Integer> unused) {
        List<Omission> left = new ArrayList<>(leftOut);
        unused.forEach((why, count) -> {
            if (count > 0) {
                left.add(new Omission(why, count, List.of()));
            }
        });
        return new HistoryReport(
                conversations,
                messages,
                agentMessages,
                languages,
                from,
                to,
                left,
                masked,
                byOthers,
                matchedMessages,
                ofReplies,
                foundDrafts,
                messagesInDrafts,
                wordsOnly);
    }
}
