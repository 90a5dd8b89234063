package io.replyloop.gaps;

import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.EventKind;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.AskedQuestion;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.GivenNames;
import io.replyloop.privacy.PersonalData;
import io.replyloop.suggestion.SmallTalk;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Replies from what an agent wrote in a conversation. */
@ApplicationScoped
class ConversationDrafts {
    /** A conversation is read so far back. */
    private static final int MESSAGES = 200;
    /** Of a question and its answer, and around an answer that was named. */
    private static final int NEARBY = 40;

    private final ConversationService conversations;
    private final KnowledgeService knowledge;

    ConversationDrafts(ConversationService conversations, KnowledgeService knowledge) {
        this.conversations = conversations;
        this.knowledge = knowledge;
    }

    /** A question with what agents wrote then. */
    /** @param customer what the customer is called; null where that is not known */
    private record Exchange(String question, long sequence, List<ConversationEventView> answer, String customer) {
        String text() {
            return OpenQuestions.answer(
                    answer.stream().map(ConversationEventView::text).toList(), customer);
        }
    }

    /** @param message of an agent, with whose text the reply begins; null for the longest answer */
    DraftProposal proposal(UUID conversation, Long message) {
        // Also tells an unknown conversation from one without messages.
        String customer = conversations.summary(conversation).customer().everyName();
        List<Exchange> all = exchanges(messages(conversation, message), customer);
        List<GapsView.Answer> answers = new ArrayList<>();
        if (message != null) {
            Exchange asked = all.stream()
                    .filter(exchange -> exchange.answer().stream().anyMatch(one -> one.sequence() == message))
                    .findFirst()
                    .orElseThrow(() ->
                            new Problem(ProblemCode.NOT_FOUND, "That is no message of an agent in this conversation."));
            String text = asked.answer().stream()
                    .filter(one -> one.sequence() == message)
                    .map(ConversationEventView::text)
                    .findFirst()
                    .orElseThrow();
            answers.add(answer(asked, PersonalData.masked(GivenNames.masked(text.strip(), customer)), conversation));
            String whole = asked.text();
            if (whole != null && !whole.equals(answers.get(0).text())) {
                answers.add(answer(asked, whole, conversation));
            }
        } else {
            all.stream()
                    .filter(exchange -> exchange.text() != null)
                    .sorted(Comparator.comparingInt(exchange -> -exchange.text().length()))
                    .map(exchange -> answer(exchange, exchange.text(), conversation))
                    .forEach(answers::add);
        }
        return DraftProposal.of(
                answers.stream()
                        .limit(1)
                        .map(GapsView.Answer::question)
                        .filter(question -> !question.isBlank())
                        .toList(),
                answers);
    }

    /**
     * @param question sequence of the customer's message that the reply answers; null where it answers none
     */
    ReplyView create(UUID conversation, Long question, ReplyDraft draft, UUID by) {
        String customer = conversations.summary(conversation).customer().everyName();
        List<AskedQuestion> answers = question == null
                ? List.of()
                : exchanges(messages(conversation, question), customer).stream()
                        .filter(exchange -> exchange.sequence() == question)
                        .map(Exchange::question)
                        .filter(text -> !SmallTalk.isNothingElse(text))
                        .map(text -> new AskedQuestion(AnsweredQuestion.masking(text, ""), conversation, question))
                        .toList();
        return knowledge.create(draft, answers, by);
    }

    private List<ConversationEventView> messages(UUID conversation, Long near) {
        return near == null
                ? conversations.lastMessages(conversation, MESSAGES)
                : conversations.eventsAfter(conversation, Math.max(0, near - NEARBY), 2 * NEARBY).stream()
                        .filter(event -> event.kind() == EventKind.MESSAGE
                                && !event.text().isEmpty())
                        .toList();
    }

    private static GapsView.Answer answer(Exchange exchange, String text, UUID conversation) {
        return new GapsView.Answer(text, exchange.question(), conversation, exchange.sequence());
    }

    /** A turn of the customer, empty at the beginning where an agent wrote first, and that of the agents after it. */
    private static List<Exchange> exchanges(List<ConversationEventView> messages, String customer) {
        List<Exchange> exchanges = new ArrayList<>();
        List<ConversationEventView> asked = new ArrayList<>();
        List<ConversationEventView> answer = new ArrayList<>();
        for (ConversationEventView message : messages) {
            if (message.isFromCustomer()) {
                if (!answer.isEmpty()) {
                    exchanges.add(exchange(asked, answer, customer));
                    asked.clear();
                    answer = new ArrayList<>();
                }
                asked.add(message);
            } else if (message.author().kind() == AuthorKind.AGENT) {
                answer.add(message);
            }
        }
        exchanges.add(exchange(asked, answer, customer));
        return exchanges;
    }

    private static Exchange exchange(
            List<ConversationEventView> asked, List<ConversationEventView> answer, String customer) {
        String question = asked.stream()
                .map(ConversationEventView::text)
                .filter(text -> !SmallTalk.isNothingElse(text))
                .collect(Collectors.joining("\n"));
        long sequence = asked.isEmpty() ? 0 : asked.get(asked.size() - 1).sequence();
        String masked = PersonalData.masked(GivenNames.masked(question, customer));
        return new Exchange(masked, sequence, List.copyOf(answer), customer);
    }
}
