package io.replyloop.history;

import java.util.List;

/**
 * A conversation as a file has it, personal data included.
 *
 * @param line at which it begins, from 1
 * @param id in the other program; empty where it has none
 * @param customers the customer's ids and addresses there, as far as the file tells
 * @param names of the people in it, as far as the file tells
 */
record Transcript(int line, String id, List<String> customers, List<String> names, List<Said> said) {}
