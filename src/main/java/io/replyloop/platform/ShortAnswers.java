package io.replyloop.platform;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Short answers that are offered beneath a message, and the rules for them. The customer sends one of them as an ordinary
 * message, so nothing else is known of it.
 */
public final class ShortAnswers {
    public static final int MOST = 5;

    /** What fits on a button in two lines of a telephone; in characters as people count them. */
    public static final int LONGEST = 60;

    /** Letters and signs that take room and show nothing. */
    private static final String EMPTY_SIGNS = "\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0";

    private ShortAnswers() {}

    /** As they are stored: without spaces around them. */
    public static List<String> checked(List<String> offered) {
        List<String> answers = stripped(offered);
        fault(answers).ifPresent(what -> {
            throw new Problem(
                    ProblemCode.INVALID,
                    "The answers to choose from " + what + " (at most " + MOST + ", each of at most " + LONGEST
                            + " characters).");
        });
        return answers;
    }

    public static List<String> stripped(List<String> offered) {
        return offered.stream()
                .map(answer -> answer == null ? "" : answer.strip())
                .toList();
    }

    /** What is wrong with them, to follow "the answers", and what to do. */
    public static Optional<String> fault(List<String> answers) {
        if (answers.size() > MOST) {
            return Optional.of("are too many; leave some out");
        }
        if (answers.stream().anyMatch(answer -> visible(answer).isEmpty())) {
            return Optional.of("have one that nobody could see; write something in it, or leave it out");
        }
        if (answers.stream().anyMatch(answer -> answer.codePointCount(0, answer.length()) > LONGEST)) {
            return Optional.of("have one that is too long; shorten it");
        }
        if (answers.stream().anyMatch(answer -> answer.codePoints().anyMatch(ShortAnswers::breaksLine))) {
            return Optional.of("have one on several lines; put it on one");
        }
        if (answers.stream().anyMatch(answer -> answer.codePoints().anyMatch(ReadableName::turnsText))) {
            return Optional.of("have one with a character that turns text around; remove it");
        }
        if (answers.stream().map(ShortAnswers::visible).distinct().count() < answers.size()) {
            return Optional.of("have the same one twice; leave one out");
        }
        return Optional.empty();
    }

    /** What can be seen of it. */
    private static String visible(String answer) {
        return answer.codePoints()
                .filter(ShortAnswers::isVisible)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static boolean isVisible(int character) {
        boolean isSelector = character >= 0xFE00 && character <= 0xFE0F || character >= 0xE0100 && character <= 0xE01EF;
        return switch (Character.getType(character)) {
            case Character.FORMAT, Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> !isSelector && EMPTY_SIGNS.indexOf(character) < 0;
        };
    }

    private static boolean breaksLine(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }
}
