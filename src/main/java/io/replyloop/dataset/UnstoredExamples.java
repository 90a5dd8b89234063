package io.replyloop.dataset;

import io.replyloop.feedback.DecisionMade;
import io.replyloop.feedback.Examination;
import io.replyloop.feedback.Outcome;
import io.replyloop.privacy.PersonalData;
import io.replyloop.suggestion.ImpressionView;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The examples that decisions write and a training run reads, without a database; for measuring. */
public final class UnstoredExamples {
    private final int negatives = new SmallRyeConfigBuilder()
            .addDefaultSources()
            .addDiscoveredConverters()
            .withMappingIgnore("replyloop.**")
            .withMapping(DatasetConfig.class)
            .build()
            .getConfigMapping(DatasetConfig.class)
            .negatives();
    private final Map<UUID, List<Example>> byConversation = new LinkedHashMap<>();
    private int decisions;

    /** @param reply null for an agent's own words */
    public record Example(LabelledPair pair, UUID reply) {}

    /** Those to learn from, and those to choose with; what would measure is measured by whoever asks. */
    public record Parts(List<Example> train, List<Example> heldOut) {}

    /**
     * An agent has sent this reply: from the suggestions where it was shown, otherwise by hand.
     *
     * @param words the text of each candidate and of the reply
     * @return the group of what it teaches
     */
    public String decided(
            UUID conversation,
            String query,
            List<ImpressionView.Candidate> candidates,
            Map<UUID, String> words,
            UUID reply) {
        UUID impression = new UUID(0, ++decisions);
        ImpressionView view = new ImpressionView(
                impression, conversation, decisions, query, query, 0, 0, Instant.EPOCH, List.copyOf(candidates));
        boolean shown =
                view.shown().stream().anyMatch(candidate -> candidate.reply().equals(reply));
        DecisionMade decision = new DecisionMade(
                new UUID(1, decisions),
                impression,
                conversation,
                shown ? Outcome.SENT : Outcome.OWN_TEXT,
                reply,
                true,
                words.get(reply),
                0);
        String kept = PersonalData.masked(query);
        for (Labelling.Label label : Labelling.of(decision, view, words, negatives, Examination.EVERYWHERE)) {
            byConversation
                    .computeIfAbsent(conversation, unknown -> new ArrayList<>())
                    .add(new Example(
                            new LabelledPair(kept, label.text(), label.label(), impression.toString()), label.reply()));
        }
        return impression.toString();
    }

    /** A conversation is whole in one of them, as in every snapshot. */
    public Parts parts() {
        Map<UUID, Split> sides = ConversationSplit.assign(Map.of(), byConversation.keySet());
        return new Parts(of(Split.TRAIN, sides), of(Split.DEV, sides));
    }

    private List<Example> of(Split split, Map<UUID, Split> sides) {
        return byConversation.entrySet().stream()
                .filter(one -> sides.get(one.getKey()) == split)
                .flatMap(one -> one.getValue().stream())
                .toList();
    }
}
