package io.replyloop.suggestion;

import io.replyloop.conversation.ConversationService;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.RankedBy;
import io.replyloop.ranking.Ranking;
import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Evidence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Customers, conversations, replies and impressions for tests. */
@ApplicationScoped
@Transactional
public class TestChat {
    @Inject
    EntityManager entities;

    @Inject
    ConversationService conversations;

    @Inject
    KnowledgeService knowledge;

    @Inject
    ImpressionService impressions;

    public CustomerIdentity customer() {
        UUID site = UUID.randomUUID();
        entities.createNativeQuery("insert into site (id, key, name) values (:id, :key, 'Test shop')")
                .setParameter("id", site)
                .setParameter("key", site.toString())
                .executeUpdate();
        return new CustomerIdentity(UUID.randomUUID(), site, null, null, null);
    }

    /** A conversation in which the customer has written so many messages, of which nothing was announced. */
    public UUID silentConversation(String... messages) {
        CustomerIdentity customer = customer();
        UUID id = UUID.randomUUID();
        entities.createNativeQuery("insert into customer (id, site_id) values (:id, :site)")
                .setParameter("id", customer.id())
                .setParameter("site", customer.siteId())
                .executeUpdate();
        entities.createNativeQuery("insert into conversation (id, site_id, customer_id, last_sequence,"
                        + " last_public_sequence) values (:id, :site, :customer, :count, :count)")
                .setParameter("id", id)
                .setParameter("site", customer.siteId())
                .setParameter("customer", customer.id())
                .setParameter("count", messages.length)
                .executeUpdate();
        for (int i = 0; i < messages.length; i++) {
            entities.createNativeQuery(
                            "insert into conversation_event (conversation_id, sequence, public_sequence, kind,"
                                    + " author_kind, author_id, client_id, text)"
                                    + " values (:id, :number, :number, 'message', 'customer', :customer, :client, :text)")
                    .setParameter("id", id)
                    .setParameter("number", i + 1)
                    .setParameter("customer", customer.id())
                    .setParameter("client", UUID.randomUUID())
                    .setParameter("text", messages[i])
                    .executeUpdate();
        }
        return id;
    }

    public UUID published(String text) {
        ReplyDraft draft = new ReplyDraft(null, "Test", text, "en", List.of("tests"), null, null);
        return knowledge.publish(knowledge.create(draft, null).id(), null).id();
    }

    /** Lets a reply offer these short answers. */
    public void offers(UUID reply, List<String> choices) {
        ReplyView now = knowledge.get(reply);
        ReplyDraft draft = new ReplyDraft(
                now.label(),
                now.title(),
                now.text(),
                now.language(),
                now.categories(),
                now.shortcode(),
                choices,
                now.version());
        knowledge.update(reply, draft, null);
    }

    /** An impression for the newest message of a conversation, in that order. */
    public UUID impression(UUID conversation, List<UUID> shown, List<UUID> others) {
        return impression(conversation, shown, others, false);
    }

    /** With the last of those shown on top, as if by chance. */
    public UUID shuffled(UUID conversation, List<UUID> ranked) {
        return impression(conversation, ranked, List.of(), true);
    }

    private UUID impression(UUID conversation, List<UUID> shown, List<UUID> others, boolean upsideDown) {
        QueryText text =
                QueryText.of(conversations.lastMessages(conversation, 30), 6).orElseThrow();
        List<Scored> scored = new ArrayList<>();
        Stream.concat(shown.stream(), others.stream())
                .forEach(reply -> scored.add(scored(reply, 0.9 - scored.size() / 100.0)));
        Ranking ranking = new Ranking(
                null,
                0,
                scored,
                0.5,
                FinalScore.FIRST_STAGE_ONLY.confidence(),
                FinalScore.Said.AS_IT_IS,
                RankedBy.NO_MODEL);
        SuggestionsView view = new SuggestionsView(conversation, UUID.randomUUID(), text.trigger(), List.of(), 0, 1.5);
        Shortlist shortlist =
                new Shortlist(scored.subList(0, shown.size()), scored.subList(shown.size(), scored.size()));
        List<Scored> screen = new ArrayList<>(shortlist.shown());
        if (upsideDown) {
            Collections.reverse(screen);
        }
        if (!impressions.record(view, text, ranking, 1, shortlist, new ScreenOrders.ScreenOrder(screen, upsideDown))) {
            throw new IllegalStateException("The impression was not stored");
        }
        return view.impression();
    }

    /** What is stored of the candidates of these impressions. */
    public static Evidence evidence(double firstStage) {
        return new Evidence(firstStage, 0.6, 0, 0.3, 0.25, 1);
    }

    private Scored scored(UUID reply, double probability) {
        ReplyView view = knowledge.get(reply);
        return new Scored(
                new Candidate(reply, view.version(), view.title(), view.text(), null, evidence(probability)),
                null,
                probability);
    }
}
