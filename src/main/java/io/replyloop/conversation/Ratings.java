package io.replyloop.conversation;

import io.replyloop.identity.CustomerIdentity;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.site.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What customers say of how they were served, once for each time that their conversation was resolved. */
@ApplicationScoped
@Transactional
public class Ratings {
    public static final int LONGEST_COMMENT = 500;
    private static final int BEST = 5;

    /** In a page. Of a conversation that was resolved more often, the oldest are of no use beside the messages. */
    private static final int SHOWN = 50;

    private final Sites sites;
    private final Event<Rated> rated;

    Ratings(Sites sites, Event<Rated> rated) {
        this.sites = sites;
        this.rated = rated;
    }

    /**
     * Stores what the customer says; a repeated act changes nothing.
     *
     * @param which of the customer's conversations; null for the current one
     * @param publicSequence the event that resolved the conversation, as customers count
     * @param score 1 to 5; null to not be asked again
     */
    public RatingView rate(
            CustomerIdentity customer, UUID which, UUID act, long publicSequence, Integer score, String comment) {
        if (score != null && (score < 1 || score > BEST)) {
            throw new Problem(ProblemCode.INVALID, "A score is 1 to 5.");
        }
        if (!sites.asksForRating(customer.siteId())) {
            throw new Problem(ProblemCode.NOT_ALLOWED, "This site does not ask how a conversation was.");
        }
        Conversation conversation =
                Conversation.lockedOfCustomer(customer.id(), which).orElseThrow(() -> Problem.notFound("conversation"));
        Optional<ConversationRating> known = ConversationRating.of(conversation.id, publicSequence);
        ConversationRating rating = known.orElseGet(
                () -> ConversationRating.of(ConversationEvent.resolution(conversation.id, publicSequence)
                        .orElseThrow(() -> Problem.notFound("resolution of this conversation"))));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (rating.change(act, score, comment == null ? "" : comment.strip(), now)) {
            rating.persistAndFlush();
            rated.fire(new Rated(rating.view()));
        }
        return rating.view();
    }

    /** What was said of the newest resolution that the customer was asked about. */
    public Optional<RatingView> newest(UUID conversation) {
        return ConversationRating.newest(conversation, 1).stream()
                .map(ConversationRating::view)
                .findFirst();
    }

    /** Those that have a score, the newest first; of very many, the newest only. */
    public List<RatingView> ofConversation(UUID conversation) {
        return page(conversation, Long.MAX_VALUE);
    }

    /**
     * The next page of all that have a score, the newest first; empty after the last.
     *
     * @param before the resolution of the last one of the page before; the largest number for the first page
     */
    public List<RatingView> page(UUID conversation, long before) {
        return ConversationRating.scored(conversation, before, SHOWN).stream()
                .map(ConversationRating::view)
                .toList();
    }
}
