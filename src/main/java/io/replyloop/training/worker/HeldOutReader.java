package io.replyloop.training.worker;

import io.replyloop.bert.training.TrainingExample;
import io.replyloop.dataset.ExampleReader;
import io.replyloop.dataset.ExampleReader.Frozen;
import io.replyloop.dataset.LabelledPair;
import io.replyloop.dataset.Split;
import io.replyloop.knowledge.ReplyReader;
import io.replyloop.knowledge.ReplyReader.Version;
import io.replyloop.knowledge.ReplyReader.Words;
import io.replyloop.privacy.PersonalData;
import io.replyloop.retrieval.Evidence;
import io.replyloop.suggestion.CandidateReader;
import io.replyloop.suggestion.CandidateReader.Candidate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What a run chooses with, such as when to stop and how much the network counts: the examples of its dev part and, of the newest impressions in which a candidate fits,
 * all the others that there were. Examples hold only the likeliest of those, by the judgment of the model that is measured.
 */
final class HeldOutReader {
    /** Each has dozens of candidates, and each candidate is read by two networks. */
    private static final int MEASURED_IMPRESSIONS = 200;

    private HeldOutReader() {}

    static List<HeldOut> read(Connection database, UUID dataset) throws SQLException {
        List<Frozen> part = ExampleReader.part(database, dataset, Split.DEV);
        Set<UUID> newest = Set.copyOf(newestImpressions(part));
        List<Candidate> candidates = CandidateReader.of(database, newest, Integer.MAX_VALUE);
        List<HeldOut> heldOut = new ArrayList<>(labelled(part, candidates));
        heldOut.addAll(others(
                database,
                part.stream().filter(one -> newest.contains(one.impression())).toList(),
                candidates));
        return heldOut;
    }

    static TrainingExample example(LabelledPair pair) {
        return new TrainingExample(pair.query(), pair.reply(), pair.label(), pair.group());
    }

    /** By their newest examples. */
    private static List<UUID> newestImpressions(List<Frozen> part) {
        Map<UUID, Integer> newest = new HashMap<>();
        for (int i = 0; i < part.size(); i++) {
            newest.put(part.get(i).impression(), i);
        }
        return newest.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MEASURED_IMPRESSIONS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<HeldOut> labelled(List<Frozen> part, List<Candidate> candidates) {
        record Place(UUID impression, UUID reply) {}
        Map<Place, Evidence> evidence = new HashMap<>();
        candidates.forEach(one -> evidence.putIfAbsent(new Place(one.impression(), one.reply()), one.evidence()));
        return part.stream()
                .map(one ->
                        new HeldOut(example(one.pair()), evidence.get(new Place(one.impression(), one.reply())), true))
                .toList();
    }

    /** The candidates that became no example, of questions that a reply has answered, where an encoder has read them. */
    private static List<HeldOut> others(Connection database, List<Frozen> part, List<Candidate> candidates)
            throws SQLException {
        Map<UUID, LabelledPair> answered = new LinkedHashMap<>();
        part.stream()
                .filter(one -> one.pair().label() >= 0.5 && one.reply() != null)
                .forEach(one -> answered.putIfAbsent(one.impression(), one.pair()));
        Map<UUID, Set<UUID>> labelled = ExampleReader.labelledReplies(database, answered.keySet());
        List<Candidate> others = candidates.stream()
                .filter(one -> one.evidence().meaning() > 0 && answered.containsKey(one.impression()))
                .filter(one ->
                        !labelled.getOrDefault(one.impression(), Set.of()).contains(one.reply()))
                .toList();
        Map<Version, Words> words = ReplyReader.words(
                database, others.stream().map(HeldOutReader::version).toList());
        return others.stream()
                .map(one -> other(one, answered.get(one.impression()), words.get(version(one))))
                .filter(Objects::nonNull)
                .toList();
    }

    private static HeldOut other(Candidate candidate, LabelledPair answered, Words words) {
        return words == null
                ? null
                : new HeldOut(
                        new TrainingExample(answered.query(), PersonalData.masked(words.text()), 0, answered.group()),
                        candidate.evidence(),
                        false);
    }

    private static Version version(Candidate candidate) {
        return new Version(candidate.reply(), candidate.version());
    }
}
