package io.replyloop.gaps;

import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationTurns;
import io.replyloop.conversation.ConversationTurns.Place;
import io.replyloop.feedback.UnansweredQuestions;
import io.replyloop.feedback.UnansweredQuestions.Question;
import io.replyloop.gaps.GapMarks.Mark;
import io.replyloop.privacy.GivenNames;
import io.replyloop.privacy.PersonalData;
import io.replyloop.suggestion.SmallTalk;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Collects the questions that are put into groups. */
@ApplicationScoped
class OpenQuestions {
    private final UnansweredQuestions unanswered;
    private final ConversationTurns turns;
    private final ConversationService conversations;
    private final GapMarks marks;
    private final GapsConfig config;

    OpenQuestions(
            UnansweredQuestions unanswered,
            ConversationTurns turns,
            ConversationService conversations,
            GapMarks marks,
            GapsConfig config) {
        this.unanswered = unanswered;
        this.turns = turns;
        this.conversations = conversations;
        this.marks = marks;
        this.config = config;
    }

    /**
     * @param questions the oldest first
     * @param cut whether there are more of these days, all of them older
     * @param anyAsked whether customers have asked anything in these days
     */
    record Found(List<OpenQuestion> questions, boolean cut, boolean anyAsked) {}

    Found read() {
        Instant since = Instant.now().minus(Duration.ofDays(config.days()));
        List<Question> found = unanswered.newest(since, config.questions() + 1);
        boolean cut = found.size() > config.questions();
        List<Question> newest = (cut ? found.subList(0, config.questions()) : found)
                .stream().filter(OpenQuestions::asks).toList();
        Set<UUID> shown = new HashSet<>();
        newest.forEach(question -> shown.add(question.impression()));
        List<UUID> decided = marks.all().stream()
                .map(Mark::members)
                .flatMap(Set::stream)
                .filter(member -> !shown.contains(member))
                .toList();
        List<Question> past = decided.isEmpty() ? List.of() : unanswered.of(decided);
        Map<Place, List<String>> answers =
                turns.answers(newest.stream().map(OpenQuestions::place).toList());
        Map<UUID, String> names = new HashMap<>();
        conversations
                .summaries(
                        newest.stream().map(Question::conversation).distinct().toList())
                .forEach(line -> names.put(line.id(), line.customer().everyName()));
        List<OpenQuestion> questions = new ArrayList<>();
        Stream.concat(newest.stream(), past.stream().filter(OpenQuestions::asks))
                .forEach(question -> questions.add(new OpenQuestion(
                        question.impression(),
                        question.conversation(),
                        question.trigger(),
                        question.query(),
                        question.text(),
                        question.at(),
                        answer(
                                answers.getOrDefault(place(question), sent(question)),
                                names.get(question.conversation())),
                        !shown.contains(question.impression()))));
        questions.sort(Group.OLDEST_FIRST);
        return new Found(questions, cut, !found.isEmpty() || unanswered.anyAsked(since));
    }

    private static boolean asks(Question question) {
        return !SmallTalk.isNothingElse(question.text());
    }

    /** In another desk there are no messages of ours: its program says what was sent. */
    private static List<String> sent(Question question) {
        return question.sent() == null ? null : List.of(question.sent());
    }

    private static Place place(Question question) {
        return new Place(question.conversation(), question.trigger());
    }

    /**
     * Without what says nothing, and without personal data.
     *
     * @param customer what the customer is called; null where that is not known
     */
    static String answer(List<String> messages, String customer) {
        if (messages == null) {
            return null;
        }
        List<String> said = messages.stream()
                .filter(message -> !SmallTalk.isNothingElse(message))
                .toList();
        return said.isEmpty()
                ? null
                : PersonalData.masked(GivenNames.masked(String.join("\n", said).strip(), customer));
    }
}
