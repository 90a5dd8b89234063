package io.replyloop.history;

import java.util.List;

/**
 * A conversation as a file has it, personal data included.
 *
 * @param line at which it begins, from 1
 * @param id in the other program; empty where it has none
 * @param customers the customer's ids and addresses there, as far as the file tells
 * @param names of the people in it, as far as the file tells, some of them where there are very many
 */
record Transcript(int line, String id, List<String> customers, List<String> names, List<Said> said) {
    /** Each is looked for in all that is said. No conversation has so many people in it. */
    static final int MOST_NAMES = 50;

    Transcript {
        names = names.stream()
                .filter(name -> !name.isBlank())
                .distinct()
                .limit(MOST_NAMES)
                .toList();
    }
}
