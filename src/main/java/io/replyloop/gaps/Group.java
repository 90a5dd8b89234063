package io.replyloop.gaps;

import io.replyloop.knowledge.ReplyText;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Questions of one meaning.
 *
 * @param id of the oldest of them
 * @param questions the most central first
 * @param members the ids of these and of past ones
 */
record Group(UUID id, List<OpenQuestion> questions, Set<UUID> members) {
    /** After so long a question counts half for the order of groups. */
    private static final Duration HALF_LIFE = Duration.ofDays(30);

    static final Comparator<OpenQuestion> OLDEST_FIRST =
            Comparator.comparing(OpenQuestion::at).thenComparing(OpenQuestion::id);

    /** @param byCentrality at least one of them is not past */
    static Group of(List<OpenQuestion> byCentrality) {
        List<OpenQuestion> shown =
                byCentrality.stream().filter(question -> !question.past()).toList();
        return new Group(
                shown.stream().min(OLDEST_FIRST).orElseThrow().id(),
                shown,
                byCentrality.stream().map(OpenQuestion::id).collect(Collectors.toUnmodifiableSet()));
    }

    OpenQuestion central() {
        return questions.get(0);
    }

    OpenQuestion newest() {
        return questions.stream().max(OLDEST_FIRST).orElseThrow();
    }

    List<OpenQuestion> newestFirst() {
        return questions.stream().sorted(OLDEST_FIRST.reversed()).toList();
    }

    /** The languages that it is asked in, the more frequent first. */
    List<String> languages() {
        Map<String, Long> counts = questions.stream()
                .map(OpenQuestion::text)
                .map(OpenQuestion::languageOf)
                .collect(Collectors.groupingBy(language -> language, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** So many questions, older ones counting less. */
    double weight(Instant now) {
        return questions.stream()
                .mapToDouble(question -> Math.pow(
                        2, -(double) Duration.between(question.at(), now).toSeconds() / HALF_LIFE.toSeconds()))
                .sum();
    }

    long since(Instant moment) {
        return questions.stream()
                .filter(question -> question.at().isAfter(moment))
                .count();
    }

    /** Those in which agents wrote something, of several who wrote the same the newest; the most frequent first. */
    List<OpenQuestion> answered() {
        Map<String, List<OpenQuestion>> byText = newestFirst().stream()
                .filter(question -> question.answer() != null)
                .collect(Collectors.groupingBy(
                        question -> ReplyText.normalised(question.answer()), LinkedHashMap::new, Collectors.toList()));
        Stream<List<OpenQuestion>> frequentFirst =
                byText.values().stream().sorted(Comparator.comparing((List<OpenQuestion> same) -> -same.size()));
        return frequentFirst.map(same -> same.get(0)).toList();
    }

    boolean has(Collection<UUID> ids) {
        return ids.stream().anyMatch(members::contains);
    }
}
