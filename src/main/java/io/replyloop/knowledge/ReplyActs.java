package io.replyloop.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One act on many replies. Each is a transaction of its own, so that one that is refused keeps none of the others back. */
@Singleton
class ReplyActs {
    static final int MOST = 100;

    private final KnowledgeService knowledge;
    private final ReplyPublishing publishing;
    private final ReplyReviews reviews;

    ReplyActs(KnowledgeService knowledge, ReplyPublishing publishing, ReplyReviews reviews) {
        this.knowledge = knowledge;
        this.publishing = publishing;
        this.reviews = reviews;
    }

    @Schema(name = "ReplyOutcome")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Outcome(
            @Schema(description = "Id of the reply", required = true)
            UUID id,

            @Schema(description = "The reply after it; absent where it was not done, and where nothing was to be done")
            ReplyView reply,

            @Schema(description = "Why it was not done; absent where it was, or already was so", examples = "conflict")
            String code,

            @Schema(description = "The same in words; absent where it was done")
            String message) {}

    List<Outcome> act(List<UUID> replies, ReplyAct act, UUID by) {
        return replies.stream().distinct().map(id -> outcome(id, act, by)).toList();
    }

    private Outcome outcome(UUID id, ReplyAct act, UUID by) {
        try {
            ReplyView before = knowledge.get(id);
            ReplyView after = one(before, act, by);
            return new Outcome(id, after.equals(before) ? null : after, null, null);
        } catch (ConstraintViolationException broken) {
            String why = broken.getConstraintViolations().stream()
                    .map(ConstraintViolation::getMessage)
                    .sorted()
                    .collect(Collectors.joining("; "));
            return new Outcome(id, null, ProblemCode.INVALID.wireName(), why);
        } catch (Problem refused) {
            if (refused.code() == ProblemCode.UNAVAILABLE || refused.code() == ProblemCode.INTERNAL) {
                throw refused;
            }
            return new Outcome(id, null, refused.code().wireName(), refused.getMessage());
        }
    }

    private ReplyView one(ReplyView reply, ReplyAct act, UUID by) {
        return switch (act.what()) {
            case PUBLISH -> publishing.publish(reply.id(), by);
            case ARCHIVE -> knowledge.archive(reply.id(), by);
            case REVIEW -> reviews.set(reply.id(), act.on());
            case ADD_CATEGORY ->
                categorised(reply, Stream.concat(reply.categories().stream(), Stream.of(act.category())), by);
            case REMOVE_CATEGORY ->
                categorised(
                        reply, reply.categories().stream().filter(category -> !category.equals(act.category())), by);
        };
    }

    private ReplyView categorised(ReplyView reply, Stream<String> categories, UUID by) {
        ReplyDraft draft = new ReplyDraft(
                reply.label(),
                reply.title(),
                reply.text(),
                reply.language(),
                categories.toList(),
                reply.shortcode(),
                reply.choices(),
                reply.version());
        return knowledge.update(reply.id(), draft, by);
    }
}
