package io.replyloop.gaps;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.knowledge.ReplyState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What nobody could answer, as far as it is known at the moment. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "UnansweredQuestions")
public record GapsView(
        @Schema(
                description =
                        "`computing` until something has been found: counts are 0 then and say nothing; `refreshing`"
                                + " while what is shown may be of a while ago; otherwise `ready`",
                examples = "ready",
                required = true)
        State state,

        @Schema(description = "Questions in all groups that are shown", examples = "37", required = true)
        long questions,

        @Schema(description = "Groups that are shown, on all pages", examples = "12", required = true)
        int groups,

        @Schema(description = "Groups that were set aside and not shown therefore", examples = "2", required = true)
        int setAside,

        @Schema(description = "Of so many days the questions are", examples = "90", required = true)
        int days,

        @Schema(description = "At most so many questions are looked at, the newest", examples = "5000", required = true)
        int most,

        @Schema(description = "Whether there were more than that in these days", required = true)
        boolean cut,

        @Schema(description = "Whether customers have asked anything in these days", required = true)
        boolean anyAsked,

        @Schema(
                description = "false where no encoder tells what texts mean: only questions of the same words are put"
                        + " together then",
                required = true)
        boolean byMeaning,

        @Schema(description = "When this was found; absent while nothing has been found yet")
        Instant at,

        @Schema(description = "How far a look is that goes on; absent when this is the newest")
        Progress progress,

        @Schema(description = "The group that came most often and lately first", required = true)
        List<GroupView> items,

        @Schema(description = "Give it as cursor to get the page after this one; absent on the last page")
        String next) {

    /** What the counts are worth. */
    @Schema(name = "UnansweredState")
    public enum State {
        COMPUTING,
        REFRESHING,
        READY;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(boolean found, boolean looking) {
            if (!found) {
                return COMPUTING;
            }
            return looking ? REFRESHING : READY;
        }
    }

    /** How far it is. */
    @Schema(name = "UnansweredProgress")
    public record Progress(
            @Schema(description = "What is being done", examples = "reading", required = true)
            Step step,

            @Schema(description = "How many texts or groups are done", examples = "120", required = true)
            int done,

            @Schema(description = "Of how many; 0 where nobody knows yet", examples = "800", required = true)
            int all) {}

    /** What takes time. */
    @Schema(name = "UnansweredStep")
    public enum Step {
        READING,
        GROUPING,
        COMPARING;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Questions of one meaning. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "UnansweredGroup")
    public record GroupView(
            @Schema(description = "Id of the group: that of its oldest question", required = true)
            UUID id,

            @Schema(description = "How many questions", examples = "9", required = true)
            int count,

            @Schema(description = "When the first of them was asked", required = true)
            Instant oldest,

            @Schema(description = "When the last of them was asked", required = true)
            Instant newest,

            @Schema(description = "The languages that they are in, the more frequent first", required = true)
            List<String> languages,

            @Schema(
                    description = "Questions, the one in the middle of their meaning first; five in lists, up to 200"
                            + " where one group is asked for",
                    required = true)
            List<Example> examples,

            @Schema(
                    description = "What agents wrote, different ones; three in lists, up to 20 where one group is asked"
                            + " for, the most typical first",
                    required = true)
            List<Answer> answers,

            @Schema(description = "The reply that is being written for them, or was published and does not help")
            Draft draft,

            @Schema(description = "Why the group was set aside before it grew")
            SetAside setAside) {}

    /** A question without personal data. */
    @Schema(name = "UnansweredQuestion")
    public record Example(
            @Schema(description = "What the customer wrote", examples = "Do you ship to Norway?", required = true)
            String text,

            @Schema(description = "When", required = true) Instant at,

            @Schema(description = "Id of the conversation", required = true)
            UUID conversation) {}

    /** What an agent wrote, without personal data. */
    @Schema(name = "AgentAnswer")
    public record Answer(
            @Schema(description = "What the agent wrote", examples = "Yes, for 12 euros.", required = true)
            String text,

            @Schema(description = "To which question", examples = "Do you ship to Norway?", required = true)
            String question,

            @Schema(description = "Id of the conversation", required = true)
            UUID conversation,

            @Schema(description = "Sequence of the customer's message that asked", examples = "4", required = true)
            long sequence) {}

    /** A reply that was written from a group. */
    @Schema(name = "UnansweredDraft")
    public record Draft(
            @Schema(description = "Id of the reply", required = true)
            UUID reply,

            @Schema(description = "Its title", examples = "Shipping to Norway", required = true)
            String title,

            @Schema(description = "Its state", examples = "draft", required = true)
            ReplyState state) {}

    /** That somebody has decided against a reply. */
    @Schema(name = "UnansweredSetAside")
    public record SetAside(
            @Schema(description = "Why", examples = "Only our lawyers answer that", required = true)
            String reason,

            @Schema(description = "When", required = true) Instant at) {}
}
