package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;

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
    void each_pick_has_one_reply_that_fits_and_some_that_do_not() {
        List<TrainingExample> pairs = new PairSampler(replies, firstStage, new Negatives(1, 1, 1)).picks(picks, 0, 1);
        Map<String, List<TrainingExample>> groups =
                pairs.stream().collect(Collectors.groupingBy(TrainingExample::group));
        assertThat(groups.size()).isEqualTo(picks.size());
        for (List<TrainingExample> group : groups.values()) {
            assertThat(group.stream().filter(pair -> pair.label() == 1).count()).isEqualTo(1);
            assertThat(group.size() >= 2).isTrue();
            assertThat(group.stream().map(TrainingExample::reply).distinct().count())
                    .isEqualTo(group.size());
        }
    }

    @Test
    void the_pairs_of_a_pick_are_an_impression_with_the_fitting_reply_first() {
        List<TrainingExample> pairs = new PairSampler(replies, firstStage, new Negatives(1, 1, 1)).picks(picks, 2, 1);
        List<Impression> impressions =
                PairSampler.impressions(pairs, Map.of(PairSampler.group(picks.get(0), 2), 7), Map.of(), 0.5);
        assertThat(impressions.size()).isEqualTo(picks.size());
        assertThat(impressions.get(0).topic()).isEqualTo(7);
        assertThat(impressions.get(1).topic()).isEqualTo(Impression.NO_TOPIC);
        for (Impression impression : impressions) {
            String fitting = impression.replies().get(0);
            assertThat(pairs.stream()
                            .anyMatch(pair -> pair.label() == 1
                                    && pair.reply().equals(fitting)
                                    && pair.query().equals(impression.query())))
                    .isTrue();
        }
    }

    @Test
    void soft_labels_are_normalised_over_the_replies_of_the_impression() {
        List<TrainingExample> pairs = List.of(
                new TrainingExample("q", "picked", 1, "a"),
                new TrainingExample("q", "as good", 0, "a"),
                new TrainingExample("q", "wrong", 0, "a"),
                new TrainingExample("r", "picked", 1, "b"),
                new TrainingExample("r", "wrong", 0, "b"));
        List<Impression> impressions = PairSampler.impressions(
                pairs, Map.of(), Map.of("a", Map.of("picked", 0.3, "as good", 0.3, "not shown", 0.4)), 0.5);
        assertThat(impressions.get(0).shares()).isEqualTo(List.of(0.75, 0.25, 0.0));
        assertThat(impressions.get(1).shares()).isEqualTo(List.of(1.0, 0.0));
    }

    @Test
    void pairs_are_labelled_with_the_mean_of_hard_and_soft_labels() {
        List<TrainingExample> pairs = List.of(
                new TrainingExample("q", "wrong", 0, "a"),
                new TrainingExample("q", "picked", 1, "a"),
                new TrainingExample("q", "as good", 0, "a"),
                new TrainingExample("r", "picked", 1, "b"),
                new TrainingExample("r", "wrong", 0, "b"));
        List<TrainingExample> labelled = PairSampler.softLabelled(
                pairs, Map.of("a", Map.of("picked", 0.3, "as good", 0.3, "not shown", 0.4)), 0.5);
        assertThat(labelled.stream()
                        .filter(pair -> pair.group().equals("a"))
                        .collect(Collectors.toMap(TrainingExample::reply, TrainingExample::label)))
                .isEqualTo(Map.of("picked", 0.75, "as good", 0.25, "wrong", 0.0));
        assertThat(labelled.stream()
                        .filter(pair -> pair.group().equals("b"))
                        .collect(Collectors.toMap(TrainingExample::reply, TrainingExample::label)))
                .isEqualTo(Map.of("picked", 1.0, "wrong", 0.0));
    }

    @Test
    void word_dropout_keeps_the_marks_of_the_turns() {
        List<TrainingExample> shortened =
                new PairSampler(replies, firstStage, new Negatives(1, 1, 1), 0.5).picks(picks, 0, 1);
        assertThat(shortened.stream()
                        .flatMap(pair -> pair.query().lines())
                        .allMatch(turn -> turn.startsWith(">") || turn.startsWith("-")))
                .isTrue();
        assertThat(new PairSampler(replies, firstStage, new Negatives(1, 1, 1))
                        .picks(picks, 0, 1).stream().map(TrainingExample::query).toList())
                .isNotEqualTo(shortened.stream().map(TrainingExample::query).toList());
    }

    @Test
    void another_wording_of_the_picked_reply_is_not_a_negative() {
        List<TrainingExample> pairs = new PairSampler(replies, firstStage, new Negatives(0, 2, 0)).picks(picks, 0, 1);
        assertThat(pairs.stream()
                        .filter(pair -> pair.label() == 0 && pair.query().endsWith("Where is my parcel?"))
                        .noneMatch(pair -> pair.reply().equals("Your parcel is on its way.")))
                .isTrue();
    }

    @Test
    void the_negatives_depend_on_the_seed_and_the_number_of_the_pass() {
        PairSampler sampler = new PairSampler(replies, firstStage, new Negatives(0, 1, 1));
        assertThat(sampler.picks(picks, 0, 1)).isEqualTo(sampler.picks(picks, 0, 1));
        assertThat(replies(sampler.picks(picks, 1, 1))).isNotEqualTo(replies(sampler.picks(picks, 0, 1)));
    }

    private static List<String> replies(List<TrainingExample> pairs) {
        return pairs.stream().map(TrainingExample::reply).toList();
    }

    @Test
    void all_candidates_come_in_all_their_wordings() {
        List<TrainingExample> pairs =
                new PairSampler(replies, firstStage, new Negatives(1, 1, 1)).allCandidates(List.of(picks.get(0)));
        assertThat(pairs.size()).isEqualTo(3);
        assertThat(pairs.stream().mapToDouble(TrainingExample::label).sum()).isEqualTo(1);
    }

    @Test
    void next_turns_are_turns_of_agents_and_negatives_are_other_turns() throws IOException {
        List<Dialogue> dialogues = Corpora.open(directory).train();
        List<TrainingExample> pairs = PairSampler.nextTurns("corpus", dialogues, 10, 6, 2, 1);
        Map<String, List<TrainingExample>> groups =
                pairs.stream().collect(Collectors.groupingBy(TrainingExample::group));
        assertThat(groups.size()).isEqualTo(10);
        // A corpus of three replies may have too few negatives.
        groups.values()
                .forEach(group ->
                        assertThat(group.size() == 2 || group.size() == 3).isTrue());
        assertThat(pairs.stream()
                        .allMatch(pair ->
                                pair.reply().endsWith(".") || pair.reply().endsWith("?")))
                .isTrue();
    }

    @Test
    void out_of_scope_questions_are_left_out() {
        Map<String, List<String>> questions = Map.of(
                "card arrival",
                List.of("Where is my card?"),
                "oos",
                List.of("What is love?"),
                "top up",
                List.of("How?"));
        List<TrainingExample> pairs = PairSampler.intents("bank", questions, 10, 2, 1);
        assertThat(pairs.size()).isEqualTo(4);
        assertThat(pairs.stream()
                        .anyMatch(pair ->
                                pair.query().contains("love") || pair.reply().equals("oos")))
                .isFalse();
    }

    @Test
    void replies_of_unseen_tasks_are_not_used_as_negatives() throws IOException {
        KnowledgeBase rest = replies.without(Set.of("invoice"));
        List<Pick> orders =
                picks.stream().filter(pick -> pick.tasks().contains("order")).toList();
        List<TrainingExample> pairs = new PairSampler(rest, firstStage, new Negatives(1, 1, 3)).picks(orders, 0, 1);
        assertThat(pairs.stream().anyMatch(pair -> pair.reply().contains("invoice")))
                .isFalse();
    }
}
