package io.replyloop.dataset;

import io.replyloop.feedback.DecisionReader;
import io.replyloop.feedback.DecisionReader.Answered;
import io.replyloop.ranking.OwnScore;
import io.replyloop.suggestion.CandidateReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads what spoke for which candidate when agents decided, for {@link OwnScore}; in plain SQL, for workers, too. */
public final class DecidedImpressions {
    /** Of all models: soon after another one has been promoted, few of the newest are by the one that serves. */
    private static final int LOOKED_AT = 2 * OwnScore.NEWEST;

    private DecidedImpressions() {}

    /**
     * The newest decisions on what that model ranked, oldest first. Those count that became an example: a suggestion that
     * was edited beyond recognition was neither right nor wrong, and what an admin has excluded is taken back here, too.
     *
     * @param but the dataset whose held-out part is left out; null for none
     */
    public static List<List<OwnScore.Candidate>> by(UUID model, UUID but, Connection database) throws SQLException {
        Map<UUID, Answered> answers = new LinkedHashMap<>();
        Map<UUID, List<OwnScore.Candidate>> decisions = new LinkedHashMap<>();
        for (Answered answer : counted(model, but, database)) {
            answers.put(answer.impression(), answer);
            decisions.put(answer.impression(), new ArrayList<>());
        }
        for (CandidateReader.Candidate one : CandidateReader.of(database, answers.keySet(), OwnScore.CANDIDATES)) {
            boolean fits = one.reply().equals(answers.get(one.impression()).reply());
            decisions.get(one.impression()).add(new OwnScore.Candidate(one.logit(), one.evidence(), fits));
        }
        decisions.values().removeIf(List::isEmpty);
        return List.copyOf(decisions.values());
    }

    private static List<Answered> counted(UUID model, UUID but, Connection database) throws SQLException {
        List<Answered> newest = DecisionReader.newest(database, LOOKED_AT);
        Set<UUID> ranked = CandidateReader.rankedBy(
                database, model, newest.stream().map(Answered::impression).toList());
        Map<UUID, Set<UUID>> fitting = ExampleReader.fitting(
                database, newest.stream().map(Answered::decision).toList());
        Set<UUID> heldOut = but == null ? Set.of() : ExampleReader.heldOut(database, but);
        List<Answered> counted = newest.stream()
                .filter(answer -> ranked.contains(answer.impression()))
                .filter(answer -> !heldOut.contains(answer.impression()))
                .filter(answer -> fitting.containsKey(answer.decision())
                        && fitting.get(answer.decision()).contains(answer.reply()))
                .limit(OwnScore.NEWEST)
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(counted);
        return counted;
    }
}
