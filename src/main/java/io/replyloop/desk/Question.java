package io.replyloop.desk;

import io.replyloop.platform.PlainText;
import io.replyloop.suggestion.QueryText.Turn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a program asks for. */
@Schema(name = "QuestionElsewhere")
public record Question(
        @Schema(
                description = "What the program calls the conversation; the same for all of its questions",
                examples = "chatwoot:1234",
                required = true)
        @NotBlank(message = "name the conversation")
        @Size(max = LONGEST_NAME, message = "has at most 200 characters")
        @Pattern(
                regexp = "[\\p{L}\\p{N}][^/\\\\;%]*",
                message = "begins with a letter or digit, and has no slash, backslash, semicolon or percent sign")
        @PlainText(lines = false)
        String conversation,

        @Schema(
                description = "What the customer has written since the team last answered",
                examples = "How do I return a parcel?",
                required = true)
        @NotBlank(message = "ask something")
        @Size(max = LONGEST_TEXT, message = "has at most 4000 characters")
        @PlainText
        String question,

        @Schema(description = "What was said before, oldest first") @Size(max = 30, message = "has at most 30 entries")
        List<@Valid @NotNull(message = "must not be null") Message> earlier,

        @Schema(
                description = "What the customer is called, to be masked in what is kept; itself not kept",
                examples = "Anna Lee")
        @Size(max = 100, message = "has at most 100 characters")
        @PlainText(lines = false)
        String customerName,

        @Schema(description = "How many replies are wanted at most; 3 if absent", examples = "3")
        @Min(value = 1, message = "is at least 1")
        @Max(value = MOST, message = "is at most 3")
        Integer limit) {
    static final int LONGEST_NAME = 200;
    static final int LONGEST_TEXT = 4_000;
    static final int MOST = 3;

    @Schema(name = "EarlierMessage")
    public record Message(
            @Schema(description = "customer or team", examples = "team", required = true)
            @NotNull(message = "say who wrote it: customer or team")
            @Pattern(regexp = "customer|team", message = "is customer or team")
            String from,

            @Schema(description = "What was written", examples = "Good morning, Anna.", required = true)
            @NotBlank(message = "is empty")
            @Size(max = LONGEST_TEXT, message = "has at most 4000 characters")
            @PlainText
            String text) {}

    List<Turn> turns() {
        Stream<Turn> before = earlier == null
                ? Stream.of()
                : earlier.stream().map(message -> new Turn(message.from().equals("customer"), message.text()));
        return Stream.concat(before, Stream.of(new Turn(true, question))).toList();
    }

    int most() {
        return limit == null ? MOST : limit;
    }
}
