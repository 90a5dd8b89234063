package io.replyloop.history;

import java.util.List;

/**
 * A conversation as a file has it, personal data included.
 *
 * @param line at which it begins, from 1
 * @param id in the other program; empty where it has none
 * @param customer the customer's id or address there; empty where the file does not tell
 * @param names of the people in it, as far as the file tells
 */
record Transcript(int line, String id, String customer, List<String> names, List<Said> said) {}
