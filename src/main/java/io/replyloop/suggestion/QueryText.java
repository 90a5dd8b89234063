package io.replyloop.suggestion;

import io.replyloop.conversation.ConversationEventView;
import io.replyloop.knowledge.MaskedTurns;
import io.replyloop.knowledge.TurnMark;
import io.replyloop.privacy.GivenNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the models read of a conversation; made here and nowhere else, because training and serving must agree on it.
 *
 * @param query the last turns, a line each with the mark of who wrote it, oldest first: the end is what truncation keeps
 * @param question all that the customer has written since the team last answered, a line each without marks; the query ends with it
 * @param trigger the newest customer message's sequence number
 */
public record QueryText(String query, String question, long trigger) {
    /** What somebody wrote, for conversations that are not stored as ours. */
    public record Turn(boolean fromCustomer, String text) {}

    /** Enough messages to read for any burst worth calling one question. */
    static final int MESSAGES_READ = 30;

    /** Far above what a network reads; it keeps a pasted log file out of the database's rows and the search. */
    private static final int MAX_LENGTH = 4_000;

    /**
     * @param messages the newest messages of a conversation, oldest first
     * @return empty when the customer is not the one who wrote last, so that there is nothing to answer
     */
    static Optional<QueryText> of(List<ConversationEventView> messages, int turns) {
        List<Turn> all = messages.stream()
                .map(message -> new Turn(message.isFromCustomer(), message.text()))
                .toList();
        return ofTurns(all, turns)
                .map(text -> new QueryText(
                        text.query,
                        text.question,
                        messages.get(messages.size() - 1).sequence()));
    }

    /** The same of turns that have no sequence; the trigger is 0. */
    public static Optional<QueryText> ofTurns(List<Turn> messages, int turns) {
        int end = messages.size();
        int burst = end;
        while (burst > 0 && messages.get(burst - 1).fromCustomer()) {
            burst--;
        }
        if (burst == end) {
            return Optional.empty();
        }
        // A burst longer than the turns is read whole, so that the question is always the end of the query.
        int from = Math.min(burst, Math.max(0, end - turns));
        return Optional.of(new QueryText(
                lines(messages.subList(from, end), QueryText::marked),
                lines(messages.subList(burst, end), message -> oneLine(message.text())),
                0));
    }

    /** What the team has said right before the question. */
    List<String> justSent() {
        List<String> turns = query.lines().toList();
        int end = Math.max(0, turns.size() - (int) question.lines().count());
        int from = end;
        String mark = TurnMark.TEAM.before("");
        while (from > 0 && turns.get(from - 1).startsWith(mark)) {
            from--;
        }
        return turns.subList(from, end).stream()
                .map(turn -> turn.substring(mark.length()))
                .toList();
    }

    /**
     * As it is kept: models rank what the customer wrote, and remember it without personal data.
     *
     * @param customer what the customer is called; null where that is not known
     */
    public QueryText masked(String customer) {
        MaskedTurns turns = MaskedTurns.of(GivenNames.masked(query, customer), GivenNames.masked(question, customer));
        return new QueryText(turns.query(), turns.question(), trigger);
    }

    /** A line for each message: line breaks within a message become spaces, so that a line stays a turn. */
    private static String lines(List<Turn> messages, Function<Turn, String> line) {
        return newestPart(messages.stream().map(line).collect(Collectors.joining("\n")));
    }

    private static String marked(Turn message) {
        TurnMark writer = message.fromCustomer() ? TurnMark.CUSTOMER : TurnMark.TEAM;
        return writer.before(oneLine(message.text()));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String newestPart(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int from = text.length() - MAX_LENGTH;
        return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }
}
