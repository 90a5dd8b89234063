package io.replyloop.gaps;

import io.replyloop.platform.Script;
import java.time.Instant;
import java.util.UUID;

/**
 * A question that nobody could answer, without personal data.
 *
 * @param id of what was shown for it
 * @param trigger sequence number of the customer's last message of it
 * @param query the last turns, which the question ends
 * @param answer what agents wrote then; null where they wrote nothing
 * @param past no longer one of those that are shown, and here only because an admin has decided about its like
 */
record OpenQuestion(
        UUID id, UUID conversation, long trigger, String query, String text, Instant at, String answer, boolean past) {
    /** Of a text, as far as its characters tell. */
    static String languageOf(String text) {
        return Script.of(text) == Script.CHINESE ? "zh" : "en";
    }
}
