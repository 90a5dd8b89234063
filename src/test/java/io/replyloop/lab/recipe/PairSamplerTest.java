package io.replyloop.lab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.bert.training.Impression;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.corpus.Dialogue;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.lab.recipe.PairSampler.Negatives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairSamplerTest {

    @TempDir
    Path directory;

    private KnowledgeBase replies;
    private List<Pick> picks;
    private FirstStage firstStage;

    @BeforeEach
    void open() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory));
        replies = corpora.knowledgeBase();
        picks = Pick.of(corpora.train(), 6);
        firstStage = new FirstStage(replies, picks);
    }

    @Test
    void eachPickGivesOneReplyThatFitsAndOthersThatDoNot() {
        List<TrainingExample> pairs = new PairSampler(replies, firstStage, new Negatives(1, 1, 1)).picks(picks, 0, 1);
        Map<String, List<TrainingExample>> groups =
                pairs.stream().collect(Collectors.groupingBy(TrainingExample::group));
        assertEquals(picks.size(), groups.size());
        for (List<TrainingExample> group : groups.values()) {
            assertEquals(1, group.stream().filter(pair -> pair.label() == 1).count());
            assertTrue(group.size() >= 2);
            assertEquals(
                    group.size(),
                    group.stream().map(TrainingExample::reply).distinct().count());
        }
    }

    @Test
    void pairsOfOneDecisionAreAnImpressionWithTheFittingReplyFirst() {
        List<TrainingExample> pairs = new PairSampler(replies, firstStage, new Negatives(1, 1, 1)).picks(picks, 2, 1);
        List<Impression> impressions =
                PairSampler.impressions(pairs, Map.of(PairSampler.group(picks.get(0), 2), 7), Map.of(), 0.5);
        assertEquals(picks.size(), impressions.size());
        assertEquals(7, impressions.get(0).topic());
        assertEquals(Impression.NO_TOPIC, impressions.get(1).topic());
        for (Impression impression : impressions) {
            String fitting = impression.replies().get(0);
            assertTrue(pairs.stream()
                    .anyMatch(pair -> pair.label() == 1
                            && pair.reply().equals(fitting)
                            && pair.query().equals(impression.query())));
        }
    }

    @Test
    void anOpinionIsSharedOutAmongTheRepliesOfTheImpressionBesideThePick() {
        List<TrainingExample> pairs = List.of(
                new TrainingExample("q", "picked", 1, "a"),
                new TrainingExample("q", "as good", 0, "a"),
                new TrainingExample("q", "wrong", 0, "a"),
                new TrainingExample("r", "picked", 1, "b"),
                new TrainingExample("r", "wrong", 0, "b"));
        List<Impression> impressions = PairSampler.impressions(
                pairs, Map.of(), Map.of("a", Map.of("picked", 0.3, "as good", 0.3, "not shown", 0.4)), 0.5);
        assertEquals(List.of(0.75, 0.25, 0.0), impressions.get(0).shares());
        assertEquals(List.of(1.0, 0.0), impressions.get(1).shares());
    }

    @Test
    void pairsAreLabelledWithWhatThePickAndTheOpinionHold() {
        List<TrainingExample> pairs = List.of(
                new TrainingExample("q", "wrong", 0, "a"),
                new TrainingExample("q", "picked", 1, "a"),
                new TrainingExample("q", "as good", 0, "a"),
                new TrainingExample("r", "picked", 1, "b"),
                new TrainingExample("r", "wrong", 0, "b"));
        List<TrainingExample> weighed =
                PairSampler.weighed(pairs, Map.of("a", Map.of("picked", 0.3, "as good", 0.3, "not shown", 0.4)), 0.5);
        assertEquals(
                Map.of("picked", 0.75, "as good", 0.25, "wrong", 0.0),
                weighed.stream()
                        .filter(pair -> pair.group().equals("a"))
                        .collect(Collectors.toMap(TrainingExample::reply, TrainingExample::label)));
        assertEquals(
                Map.of("picked", 1.0, "wrong", 0.0),
                weighed.stream()
                        .filter(pair -> pair.group().equals("b"))
                        .collect(Collectors.toMap(TrainingExample::reply, TrainingExample::label)));
    }

    @Test
    void wordsAreLeftOutButNeverTheMarkOfATurn() {
        List<TrainingExample> thinned =
                new PairSampler(replies, firstStage, new Negatives(1, 1, 1), 0.5).picks(picks, 0, 1);
        assertTrue(thinned.stream()
                .flatMap(pair -> pair.query().lines())
                .allMatch(turn -> turn.startsWith(">") || turn.startsWith("-")));
        assertNotEquals(
                thinned.stream().map(TrainingExample::query).toList(),
                new PairSampler(replies, firstStage, new Negatives(1, 1, 1))
                        .picks(picks, 0, 1).stream().map(TrainingExample::query).toList());
    }

    @Test
    void anotherWordingOfThePickedReplyIsNoNegative() {
        List<TrainingExample> pairs = new PairSampler(replies, firstStage, new Negatives(0, 2, 0)).picks(picks, 0, 1);
        assertTrue(pairs.stream()
                .filter(pair -> pair.label() == 0 && pair.query().endsWith("Where is my parcel?"))
                .noneMatch(pair -> pair.reply().equals("Your parcel is on its way.")));
    }

    @Test
    void aPassDrawsByItsNumberAndTheSeed() {
        PairSampler sampler = new PairSampler(replies, firstStage, new Negatives(0, 1, 1));
        assertEquals(sampler.picks(picks, 0, 1), sampler.picks(picks, 0, 1));
        assertNotEquals(replies(sampler.picks(picks, 0, 1)), replies(sampler.picks(picks, 1, 1)));
    }

    private static List<String> replies(List<TrainingExample> pairs) {
        return pairs.stream().map(TrainingExample::reply).toList();
    }

    @Test
    void theWholeImpressionHasEveryWordingOfEveryCandidate() {
        List<TrainingExample> pairs =
                new PairSampler(replies, firstStage, new Negatives(1, 1, 1)).whole(List.of(picks.get(0)));
        assertEquals(3, pairs.size());
        assertEquals(1, pairs.stream().mapToDouble(TrainingExample::label).sum());
    }

    @Test
    void nextTurnsAreTheAgentsAndNegativesAreOthers() throws IOException {
        List<Dialogue> dialogues = Corpora.open(directory).train();
        List<TrainingExample> pairs = PairSampler.nextTurns("corpus", dialogues, 10, 6, 2, 1);
        Map<String, List<TrainingExample>> groups =
                pairs.stream().collect(Collectors.groupingBy(TrainingExample::group));
        assertEquals(10, groups.size());
        // A corpus of three replies may run out of other ones.
        groups.values().forEach(group -> assertTrue(group.size() == 2 || group.size() == 3));
        assertTrue(pairs.stream()
                .allMatch(pair -> pair.reply().endsWith(".") || pair.reply().endsWith("?")));
    }

    @Test
    void questionsOutOfScopeHaveNoIntentToFind() {
        Map<String, List<String>> questions = Map.of(
                "card arrival",
                List.of("Where is my card?"),
                "oos",
                List.of("What is love?"),
                "top up",
                List.of("How?"));
        List<TrainingExample> pairs = PairSampler.intents("bank", questions, 10, 2, 1);
        assertEquals(4, pairs.size());
        assertFalse(pairs.stream()
                .anyMatch(pair -> pair.query().contains("love") || pair.reply().equals("oos")));
    }

    @Test
    void repliesOfUnseenTasksAreNotEvenNegatives() throws IOException {
        KnowledgeBase rest = replies.without(Set.of("invoice"));
        List<Pick> orders =
                picks.stream().filter(pick -> pick.tasks().contains("order")).toList();
        List<TrainingExample> pairs = new PairSampler(rest, firstStage, new Negatives(1, 1, 3)).picks(orders, 0, 1);
        assertFalse(pairs.stream().anyMatch(pair -> pair.reply().contains("invoice")));
    }
}
