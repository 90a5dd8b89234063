package io.replyloop.feedback;

import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.InboxActs;
import io.replyloop.conversation.MessageContent;
import io.replyloop.conversation.Posted;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.GivenNames;
import io.replyloop.privacy.PersonalData;
import io.replyloop.suggestion.ImpressionService;
import io.replyloop.suggestion.ImpressionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Stores an agent's answer together with what it says about the suggestions that were on screen, atomically. A message
 * never fails because of its impression: if that is unknown, belongs to another conversation or has been answered
 * already (two tabs, two agents: the first answer counts), the message is sent and nothing is learned from it.
 */
@ApplicationScoped
@Transactional
public class FeedbackService {
    private static final Logger LOG = Logger.getLogger(FeedbackService.class);

    private final Session session;
    private final ConversationService conversations;
    private final InboxActs inbox;
    private final ImpressionService impressions;
    private final KnowledgeService knowledge;
    private final LikeReplies replies;
    private final SentTexts texts;
    private final Event<DecisionMade> made;

    FeedbackService(
            Session session,
            ConversationService conversations,
            InboxActs inbox,
            ImpressionService impressions,
            KnowledgeService knowledge,
            LikeReplies replies,
            SentTexts texts,
            Event<DecisionMade> made) {
        this.session = session;
        this.conversations = conversations;
        this.inbox = inbox;
        this.impressions = impressions;
        this.knowledge = knowledge;
        this.replies = replies;
        this.texts = texts;
        this.made = made;
    }

    /** Of an agent whose console tells nothing about how the answer came about. */
    public Posted send(
            SignedInAgent agent,
            UUID conversation,
            UUID clientId,
            String text,
            UUID impression,
            UUID reply,
            Long seen) {
        return send(agent, conversation, clientId, text, impression, reply, seen, AnswerOrigin.UNTOLD);
    }

    /**
     * @param impression that was there for the question; null if there was none
     * @param reply the suggestion, the canned or the searched reply that the text was made from; null if there is none
     * @param seen the newest event on the agent's screen; null to send regardless of later events
     */
    public Posted send(
            SignedInAgent agent,
            UUID conversation,
            UUID clientId,
            String text,
            UUID impression,
            UUID reply,
            Long seen,
            AnswerOrigin origin) {
        return send(agent, conversation, clientId, MessageContent.of(text), impression, reply, seen, origin);
    }

    /** The same with files; from files alone there is nothing to learn, nor from an answer to spam. */
    public Posted send(
            SignedInAgent agent,
            UUID conversation,
            UUID clientId,
            MessageContent content,
            UUID impression,
            UUID reply,
            Long seen,
            AnswerOrigin origin) {
        String text = content.text();
        Posted posted = conversations.agentMessage(agent, conversation, clientId, content, seen);
        if (!posted.repeated() && !text.isEmpty() && !inbox.isSpam(conversation)) {
            answered(conversation, impression, reply)
                    .ifPresent(shown -> decide(
                            agent, clientId, text, shown, reply, impression != null, origin, customerOf(conversation)));
        }
        return posted;
    }

    /**
     * The same of an answer that was given in another desk, which has its message.
     *
     * @param text null for that of the reply
     * @param customer what the customer is called; null where that is not known
     * @return whether it is the first answer, and counts
     */
    public boolean answerElsewhere(
            SignedInAgent program, UUID id, ImpressionView shown, UUID reply, String text, String customer) {
        String words = reply == null ? null : wordsOf(shown, reply);
        String said = text == null ? words : text;
        return decide(program, id, said, shown, reply, true, AnswerOrigin.UNTOLD, customer);
    }

    /** As it was suggested; one that was found without that, as it is published. */
    private String wordsOf(ImpressionView shown, UUID reply) {
        Optional<ImpressionView.Candidate> candidate = shown.candidate(reply);
        return candidate
                .filter(ImpressionView.Candidate::shown)
                .map(texts::words)
                .or(() -> replies.published(reply).map(ReplyView::text))
                .or(() -> candidate.map(texts::words))
                .orElseThrow(() -> Problem.notFound("reply"));
    }

    public Rejected reject(SignedInAgent agent, UUID id, UUID impression, UUID reply, String reason, String comment) {
        return reject(agent, id, impression, reply, reason, comment, null);
    }

    /**
     * Stores that a suggestion does not fit; repeating it changes nothing.
     *
     * @param onScreenMillis how long the suggestions had been on the screen; null if the console does not tell
     */
    public Rejected reject(
            SignedInAgent agent,
            UUID id,
            UUID impression,
            UUID reply,
            String reason,
            String comment,
            Long onScreenMillis) {
        RejectReason why = RejectReason.named(reason);
        Decision earlier = Decision.findById(id);
        if (earlier != null) {
            boolean same = earlier.outcome == Outcome.REJECTED
                    && earlier.impressionId.equals(impression)
                    && earlier.replyId.equals(reply);
            if (!same) {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        "This id was used for something else already; make a new one for each act.");
            }
            return new Rejected(earlier.conversationId, earlier.createdAt);
        }
        ImpressionView shown = impressions.find(impression).orElseThrow(() -> Problem.notFound("impression"));
        reject(agent, id, shown, reply, why, comment, onScreenMillis, customerOf(shown.conversation()));
        return new Rejected(shown.conversation(), Instant.now());
    }

    /**
     * The same, wherever the suggestions were shown.
     *
     * @param customer what the customer is called; null where that is not known
     * @return whether it is the first rejection of this reply, and counts
     */
    public boolean reject(
            SignedInAgent agent,
            UUID id,
            ImpressionView shown,
            UUID reply,
            RejectReason why,
            String comment,
            Long onScreenMillis,
            String customer) {
        ImpressionView.Candidate rejected = suggested(shown, reply);
        DecisionMade decision = DecisionMade.rejection(id, shown.id(), shown.conversation(), reply, why);
        AnswerOrigin origin = new AnswerOrigin(null, null, null, onScreenMillis);
        Kept kept = new Kept(
                rejected.position(),
                rejected.version(),
                why,
                shortened(comment),
                null,
                origin,
                true,
                origin.boundedMillis(shown.createdAt(), Instant.now()));
        boolean stored = store(agent, decision, kept, customer);
        if (stored && why.isOfTheQuestion()) {
            // Last, because it locks the knowledge base's revision until the commit.
            knowledge.rememberRejection(reply, rejected.version(), shown.query(), shown.question(), id);
        }
        return stored;
    }

    private static ImpressionView.Candidate suggested(ImpressionView shown, UUID reply) {
        return shown.candidate(reply)
                .filter(ImpressionView.Candidate::shown)
                .orElseThrow(() -> new Problem(
                        ProblemCode.NOT_FOUND,
                        "That reply is not among the suggestions. Open the conversation again."));
    }

    /** The impression that a message answers, if there is anything to learn from it. */
    private Optional<ImpressionView> answered(UUID conversation, UUID impression, UUID reply) {
        if (impression == null) {
            // There were no suggestions on screen. If the models were unsure, the agent's answer is especially
            // valuable; if suggestions came too late to be seen, passing them over means nothing, and own words say
            // nothing about them. A reply that was used or looked up is the right one all the same.
            return impressions
                    .newestOf(conversation)
                    .filter(newest -> isFirstAnswer(conversation, newest))
                    .filter(newest -> newest.shown().isEmpty()
                            || (reply != null
                                    && (newest.candidate(reply).isPresent()
                                            || replies.published(reply).isPresent())));
        }
        Optional<ImpressionView> found = impressions
                .find(impression)
                .filter(shown -> shown.conversation().equals(conversation));
        if (found.isEmpty()) {
            LOG.infof(
                    "A message to conversation %s refers to impression %s, which does not belong to it",
                    conversation, impression);
        }
        return found;
    }

    /** What follows an answer, as a goodbye, answers nothing. */
    private boolean isFirstAnswer(UUID conversation, ImpressionView newest) {
        return conversations.lastMessages(conversation, 2).get(0).sequence() == newest.trigger();
    }

    private boolean decide(
            SignedInAgent agent,
            UUID clientId,
            String text,
            ImpressionView shown,
            UUID reply,
            boolean named,
            AnswerOrigin origin,
            String name) {
        Optional<ImpressionView.Candidate> chosen = reply == null ? Optional.empty() : shown.candidate(reply);
        Optional<ReplyView> lookedUp =
                chosen.isPresent() || reply == null ? Optional.empty() : replies.published(reply);
        Answer answer = texts.of(text, shown, chosen, lookedUp);
        Source source = Source.of(
                origin.source(),
                chosen.isPresent() || lookedUp.isPresent(),
                chosen.filter(ImpressionView.Candidate::shown).isPresent());
        Boolean onScreen = shown.shown().isEmpty() ? null : origin.onScreen(named, source);
        DecisionMade decision = new DecisionMade(
                clientId,
                shown.id(),
                shown.conversation(),
                answer.outcome(),
                answer.reply(),
                answer.accepted(),
                GivenNames.masked(text, name),
                answer.editDistance(),
                !Boolean.FALSE.equals(onScreen),
                null);
        Optional<ImpressionView.Candidate> right =
                answer.reply() == null ? Optional.empty() : shown.candidate(answer.reply());
        Kept kept = new Kept(
                right.map(ImpressionView.Candidate::position).orElse(null),
                texts.version(answer.reply(), right),
                null,
                null,
                source,
                origin,
                onScreen,
                Boolean.TRUE.equals(onScreen) ? origin.boundedMillis(shown.createdAt(), Instant.now()) : null);
        boolean stored = store(agent, decision, kept, name);
        if (stored && answer.accepted() && answer.reply() != null) {
            // Last, because it locks the knowledge base's revision until the commit.
            knowledge.rememberAnswer(answer.reply(), shown.query(), shown.question(), clientId);
        }
        return stored;
    }

    /**
     * What is kept of a decision beside what it teaches.
     *
     * @param position of the reply on the screen or, below it, in the ranking
     * @param source null for a rejection
     * @param onScreenMillis within its bounds
     */
    private record Kept(
            Integer position,
            Integer version,
            RejectReason reason,
            String comment,
            Source source,
            AnswerOrigin origin,
            Boolean onScreen,
            Long onScreenMillis) {}

    /** What the customer is called; null where that is not known. */
    private String customerOf(UUID conversation) {
        return conversations.summary(conversation).customer().everyName();
    }

    /**
     * False if the impression has already been answered, or the suggestion rejected.
     *
     * @param name what the customer is called; null where that is not known
     */
    private boolean store(SignedInAgent agent, DecisionMade decision, Kept kept, String name) {
        int stored = session.createNativeMutationQuery("""
                        insert into decision (id, impression_id, conversation_id, agent_id, outcome, reply_id,
                            reply_version, position, reason, comment, text_sent, edit_distance, source, typed, search,
                            on_screen, screen_millis, accepted, masked, masked_by)
                        values (:id, :impression, :conversation, :agent, :outcome, cast(:reply as uuid),
                            cast(:version as int), cast(:position as int), :reason, :comment, :text,
                            cast(:distance as int), :source, :typed, :search, cast(:onScreen as boolean),
                            cast(:millis as bigint), cast(:accepted as boolean), true, :rules)
                        on conflict do nothing""")
                .setParameter("id", decision.decision())
                .setParameter("impression", decision.impression())
                .setParameter("conversation", decision.conversation())
                .setParameter("agent", agent.id())
                .setParameter("outcome", decision.outcome().wireName())
                .setParameter(
                        "reply",
                        decision.reply() == null ? null : decision.reply().toString())
                .setParameter("version", kept.version())
                .setParameter("position", kept.position())
                .setParameter(
                        "reason", kept.reason() == null ? null : kept.reason().wireName())
                .setParameter("comment", masked(kept.comment(), name))
                .setParameter("text", PersonalData.masked(decision.textSent()))
                .setParameter("distance", decision.editDistance())
                .setParameter(
                        "source", kept.source() == null ? null : kept.source().wireName())
                .setParameter("typed", masked(kept.origin().typed(), name))
                .setParameter("search", masked(kept.origin().search(), name))
                .setParameter("onScreen", kept.onScreen())
                .setParameter("millis", kept.onScreenMillis())
                .setParameter("accepted", decision.outcome() == Outcome.REJECTED ? null : decision.accepted())
                .setParameter("rules", PersonalData.RULES)
                .executeUpdate();
        if (stored == 0) {
            LOG.debugf("Impression %s has already been decided", decision.impression());
            return false;
        }
        made.fire(decision);
        return true;
    }

    private static String masked(String text, String name) {
        return PersonalData.masked(GivenNames.masked(text, name));
    }

    private static String shortened(String comment) {
        if (comment == null || comment.isBlank()) {
            return null;
        }
        String text = comment.strip();
        if (text.codePointCount(0, text.length()) > RejectReason.LONGEST_COMMENT) {
            throw new Problem(ProblemCode.TEXT_TOO_LONG, "A comment has at most 2,000 characters; shorten it.");
        }
        return text;
    }
}
