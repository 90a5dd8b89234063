package io.replyloop.feedback;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the newest decisions tell beyond whether a suggestion was used. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionFigures(
        @Schema(
                description = "Answers that these figures are about: the newest 5,000 at most",
                examples = "900",
                required = true)
        long answers,

        @Schema(description = "Where the texts came from, the most frequent first", required = true)
        List<OfSource> sources,

        @Schema(
                description = "Median time from suggestions on the screen to one of them sent, in milliseconds",
                examples = "6400")
        Long medianMillis,

        @Schema(
                description = "Median of insertions, deletions and substitutions where a suggestion was changed",
                examples = "12")
        Double medianEditDistance,

        @Schema(description = "Own texts that turned out to say what a reply says", examples = "40", required = true)
        long ownMatched,

        @Schema(description = "How often the suggestion at each place was used, from the first", required = true)
        List<AtPosition> positions,

        @Schema(description = "What the random order has measured so far", required = true)
        Shuffle shuffle) {

    @Schema(name = "DecisionsOfSource")
    public record OfSource(
            @Schema(
                    description = "suggestion, canned, search or own; absent for decisions of older versions",
                    examples = "suggestion")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Source source,

            @Schema(description = "Number of answers", examples = "500", required = true)
            long answers) {}

    @Schema(name = "AcceptanceAtPosition")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AtPosition(
            @Schema(description = "From 1, as on the screen", examples = "2", required = true)
            int position,

            @Schema(description = "Answered questions that had a suggestion there", examples = "800", required = true)
            long shown,

            @Schema(description = "Those in which it was used", examples = "90", required = true)
            long used,

            @Schema(description = "Their share, 0 to 1", examples = "0.11", required = true)
            double acceptance,

            @Schema(
                    description =
                            "The share if agents looked there as surely as at the first place; the same as acceptance"
                                    + " until that is measured",
                    examples = "0.16",
                    required = true)
            double corrected,

            @Schema(
                    description =
                            "How surely agents look there, relative to the first place; absent until it is measured",
                    examples = "0.7")
            Double examination,

            @Schema(description = "Lower end of its 95 % interval", examples = "0.52")
            Double examinationLow,

            @Schema(description = "Upper end", examples = "0.94")
            Double examinationHigh) {}

    @Schema(name = "ShuffledSuggestions")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shuffle(
            @Schema(
                    description = "Share of questions whose suggestions are shown in a random order; 0 when it is off",
                    examples = "0.05",
                    required = true)
            double share,

            @Schema(description = "Suggestions of these that were used", examples = "30", required = true)
            long used,

            @Schema(
                    description =
                            "How many have to be used yet, at the place of which least is known or at the first in its"
                                    + " stead, until all places are corrected for",
                    examples = "70",
                    required = true)
            int missing,

            @Schema(
                    description = "The place of which least is known; absent when all are corrected for",
                    examples = "3")
            Integer place) {}
}
