package io.replyloop.knowledge;

import io.replyloop.privacy.PersonalData;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The last turns of a conversation without personal data. The question is masked together with the turns before it,
 * because they may say what its numbers mean ("Your phone number, please?").
 *
 * @param query the turns, one per line with its {@link TurnMark}, oldest first
 * @param question the final turns, which ask the question, without marks
 */
public record MaskedTurns(String query, String question) {
    public static MaskedTurns of(String query, String question) {
        String masked = PersonalData.masked(query);
        List<String> asked = question.lines().toList();
        List<String> turns = query.lines().toList();
        int before = turns.size() - asked.size();
        boolean ends = before >= 0
                && turns.subList(before, turns.size()).stream()
                        .map(TurnMark::strip)
                        .toList()
                        .equals(asked);
        if (!ends) {
            return new MaskedTurns(masked, PersonalData.masked(question));
        }
        String end = masked.lines().skip(before).map(TurnMark::strip).collect(Collectors.joining("\n"));
        return new MaskedTurns(masked, end);
    }
}
