package io.replyloop.desk;

import io.replyloop.conversation.OutsideConversations;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.feedback.RejectReason;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.suggestion.ImpressionService;
import io.replyloop.suggestion.ImpressionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** What somebody in another desk has done with suggestions becomes a decision like an agent's here, once. */
@ApplicationScoped
@Transactional
class DeskFeedback {
    private final OutsideConversations conversations;
    private final ImpressionService impressions;
    private final FeedbackService feedback;
    private final ProgramRequests requests;

    DeskFeedback(
            OutsideConversations conversations,
            ImpressionService impressions,
            FeedbackService feedback,
            ProgramRequests requests) {
        this.conversations = conversations;
        this.impressions = impressions;
        this.feedback = feedback;
        this.requests = requests;
    }

    /** @return whether it counts; what was said of the same suggestions before stays */
    boolean take(SignedInAgent program, String key, Feedback told) {
        told.requireWhole();
        ProgramRequests.Request request = requests.request(program.id(), "feedback", key, told);
        Optional<ProgramRequests.Earlier> earlier = requests.claim(request);
        if (earlier.isPresent()) {
            return earlier.get().counted();
        }
        ImpressionView shown = impressions
                .find(told.impression())
                .filter(one -> conversations.hold(one.conversation()))
                .orElseThrow(() -> Problem.notFound("impression"));
        UUID decision = UUID.randomUUID();
        if (told.rejects()) {
            requireShown(shown, told.reply());
        }
        boolean counts = told.rejects()
                ? feedback.reject(
                        program,
                        decision,
                        shown,
                        told.reply(),
                        RejectReason.named(told.reason()),
                        told.comment(),
                        null,
                        told.customerName())
                : feedback.answerElsewhere(program, decision, shown, told.reply(), told.text(), told.customerName());
        requests.done(request, shown.id(), counts);
        return counts;
    }

    private static void requireShown(ImpressionView shown, UUID reply) {
        if (shown.candidate(reply).filter(ImpressionView.Candidate::shown).isEmpty()) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "That reply was not among the suggestions of this impression; only those can be rejected.");
        }
    }
}
