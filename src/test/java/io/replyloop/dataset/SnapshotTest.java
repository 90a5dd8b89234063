package io.replyloop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.PublishedReplies;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SnapshotTest {
    @Inject
    DatasetService datasets;

    @Inject
    FeedbackService feedback;

    @Inject
    PastExamples past;

    @Inject
    KnowledgeService knowledge;

    @Inject
    Session session;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private SignedInAgent agent;
    private UUID first;
    private UUID second;
    private UUID unshown;
    private UUID conversation;
    private UUID impression;

    @BeforeEach
    void aQuestionWithTwoSuggestions() {
        agent = team.newMember(Role.AGENT).agent();
        first = chat.published("A parcel to Zanzibar travels for twelve days.");
        second = chat.published("Please tell us your order number.");
        unshown = chat.published("You can pay by invoice.");
        ask("Where is my parcel? Write to jane@example.org");
    }

    @AfterEach
    void nothingStaysPublished() {
        PublishedReplies.archiveAll(knowledge);
    }

    @Test
    void a_frozen_dataset_keeps_conversations_together_and_names_nobody() {
        Map<UUID, UUID> conversationOfImpression = new HashMap<>();
        for (int i = 0; i < 25; i++) {
            ask("My card is 4111 1111 1111 1111");
            conversationOfImpression.put(impression, conversation);
            answer("Please tell us your order number.", second);
        }

        DatasetVersionView dataset = datasets.freeze(75);

        List<LabelledPair> train = read(dataset, Split.TRAIN);
        List<LabelledPair> dev = read(dataset, Split.DEV);
        List<LabelledPair> test = read(dataset, Split.TEST);
        assertThat(train.size()).isEqualTo(dataset.train());
        assertThat(dev.size()).isEqualTo(dataset.dev());
        assertThat(test.size()).isEqualTo(dataset.test());
        assertThat(dev).isNotEmpty();
        assertThat(test).isNotEmpty();
        Set<UUID> learned = conversations(train, conversationOfImpression);
        Set<UUID> choosing = conversations(dev, conversationOfImpression);
        Set<UUID> measuring = conversations(test, conversationOfImpression);
        // By chance, a part may have conversations of other tests only.
        assertThat(Collections.disjoint(learned, choosing)).isTrue();
        assertThat(Collections.disjoint(learned, measuring)).isTrue();
        assertThat(Collections.disjoint(choosing, measuring)).isTrue();
        List<LabelledPair> ours = new ArrayList<>(train);
        ours.addAll(dev);
        ours.addAll(test);
        ours.removeIf(pair -> !conversationOfImpression.containsKey(UUID.fromString(pair.group())));
        assertThat(ours.size()).isEqualTo(75);
        assertThat(ours.stream().map(LabelledPair::query).collect(Collectors.toSet()))
                .isEqualTo(Set.of("- My card is [card]"));
        assertThat(ours.stream().filter(pair -> pair.label() == 1).count()).isEqualTo(25);
    }

    @Test
    void a_frozen_dataset_never_changes() {
        answer("Please tell us your order number.", second);
        DatasetVersionView dataset = datasets.freeze(1);
        Map<Split, List<LabelledPair>> before = read(dataset);

        ask("Later");
        answer("Please tell us your order number.", second);
        team.sql("update example set excluded = true where id = :value", stored().get(0).id);
        DatasetVersionView next = datasets.freeze(1);

        assertThat(read(dataset)).isEqualTo(before);
        assertThat(datasets.version(dataset.id())).isEqualTo(dataset);
        assertThat(next.number()).isEqualTo(dataset.number() + 1);
        assertThat(size(next)).isEqualTo(size(dataset) + 2);
        assertThat(next.contentHash()).isNotEqualTo(dataset.contentHash());
    }

    @Test
    void the_same_examples_have_the_same_hash_and_are_stored_once() {
        answer("Please tell us your order number.", second);
        DatasetVersionView dataset = datasets.freeze(1);
        long stored = count("select count(*) from snapshot_example");

        assertThat(datasets.freeze(1).contentHash()).isEqualTo(dataset.contentHash());
        assertThat(count("select count(*) from snapshot_example")).isEqualTo(stored);
    }

    @Test
    void the_database_refuses_to_change_what_was_frozen() {
        answer("Please tell us your order number.", second);
        datasets.freeze(1);

        for (String change : List.of("query = 'x'", "label = 0.5", "conversation_id = gen_random_uuid()")) {
            assertThatThrownBy(() ->
                            sql("update snapshot_example set " + change + " where impression_id = ?1", impression))
                    .as(change)
                    .hasStackTraceContaining("snapshot");
        }
    }

    @Test
    void the_database_refuses_to_empty_snapshots_and_to_take_parts_out_of_one() {
        answer("Please tell us your order number.", second);
        datasets.freeze(1);
        long parts = count("select count(*) from dataset_part");

        for (String change : List.of(
                "truncate snapshot_example cascade",
                "truncate dataset_part",
                "truncate dataset_version cascade",
                "delete from dataset_part",
                "update dataset_part set split = 'test'")) {
            assertThatThrownBy(() -> sql(change)).as(change).hasStackTraceContaining("snapshot");
        }

        assertThat(count("select count(*) from dataset_part")).isEqualTo(parts).isPositive();
    }

    @Test
    void an_erased_conversation_leaves_counts_and_hash_and_no_text() {
        answer("Please tell us your order number.", second);
        DatasetVersionView dataset = datasets.freeze(1);

        int erased = datasets.erase(conversation);

        assertThat(erased).isEqualTo(3);
        DatasetVersionView after = datasets.version(dataset.id());
        assertThat(after.erased()).isEqualTo(dataset.erased() + 3);
        assertThat(after.contentHash()).isEqualTo(dataset.contentHash());
        assertThat(size(after)).isEqualTo(size(dataset));
        assertThat(read(dataset).values().stream().flatMap(List::stream).map(LabelledPair::group))
                .doesNotContain(impression.toString());
        assertThat(count("select count(*) from snapshot_example where conversation_id = '" + conversation
                        + "' and (query is not null or reply_text is not null)"))
                .isZero();
        assertThat(datasets.erase(conversation)).isZero();
    }

    @Test
    void a_long_question_that_is_sent_again_is_on_the_side_of_the_first() {
        String form = "My parcel with number 17 has not come though it was promised for Monday " + words();
        Map<UUID, String> conversations = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            ask(form.replace("17", Integer.toString(i)) + "!".repeat(i));
            conversations.put(conversation, impression.toString());
            answer("Please tell us your order number.", second);
            datasets.freeze(1);
        }

        Map<Split, List<LabelledPair>> parts = read(datasets.freeze(1));

        assertThat(parts.values().stream()
                        .filter(part -> part.stream().anyMatch(pair -> conversations.containsValue(pair.group())))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_question_that_repeats_one_of_the_test_part_is_left_out() {
        String form = "My parcel has not come though it was promised for Monday " + words();
        ask(form);
        answer("Please tell us your order number.", second);
        UUID learned = conversation;
        sql("insert into dataset_side (conversation_id, side) values (?1, 'train')", learned);
        ask(form + "??");
        answer("Please tell us your order number.", second);
        sql("insert into dataset_side (conversation_id, side) values (?1, 'test')", conversation);

        DatasetVersionView dataset = datasets.freeze(1);

        assertThat(dataset.leftOut()).isPositive();
        assertThat(count("select count(*) from dataset_part p join snapshot_example s on s.id = p.snapshot_example_id"
                        + " where p.split = 'left-out' and s.conversation_id = '" + learned + "'"))
                .isEqualTo(3);
        assertThat(read(dataset, Split.TEST).stream().map(LabelledPair::group)).contains(impression.toString());
    }

    @Test
    void a_question_of_the_past_takes_nothing_out_of_the_test_part() {
        String form = "My parcel has not come though it was promised for Monday " + words();
        UUID before = UUID.randomUUID();
        sql(
                "insert into past_example (conversation_id, impression_id, query, reply_text, label, masked_by)"
                        + " values (?1, gen_random_uuid(), '- " + form + "', 'It comes.', 1, 100)",
                before);
        ask("Which colours are there?");
        answer("Please tell us your order number.", second);
        sql("insert into dataset_side (conversation_id, side) values (?1, 'dev')", conversation);
        do {
            ask(form);
        } while (ConversationSplit.place(conversation) >= 0.1);
        answer("Please tell us your order number.", second);

        datasets.freeze(1);

        assertThat(partsOf(conversation)).isEqualTo(List.of("test"));
        assertThat(partsOf(before)).isEqualTo(List.of("left-out"));
    }

    @Test
    void an_erased_conversations_words_leave_the_examples_of_others_in_snapshots() {
        UUID mine = UUID.randomUUID();
        UUID theirs = UUID.randomUUID();
        past.add(List.of(new PastExamples.Pair(
                theirs,
                UUID.randomUUID(),
                "- Where is it?",
                second,
                "It is here.",
                List.of(new PastExamples.Other("Mine is here.", mine), new PastExamples.Other("Free.", null)),
                null)));
        DatasetVersionView dataset = datasets.freeze(1);

        past.erase(List.of(mine));

        assertThat(count("select count(*) from past_example where conversation_id = '" + theirs + "'"))
                .isEqualTo(2);
        assertThat(count("select count(*) from snapshot_example where conversation_id = '" + theirs
                        + "' and reply_text is null"))
                .isEqualTo(1);
        assertThat(datasets.version(dataset.id()).erased()).isEqualTo(dataset.erased() + 1);
    }

    private List<String> partsOf(UUID asked) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select distinct p.split from dataset_part p join snapshot_example s"
                                        + " on s.id = p.snapshot_example_id where s.conversation_id = ?1",
                                String.class)
                        .setParameter(1, asked)
                        .getResultList());
    }

    private void ask(String text) {
        conversation = chat.silentConversation(text);
        impression = chat.impression(conversation, List.of(first, second), List.of(unshown));
    }

    private void answer(String text, UUID reply) {
        feedback.send(agent, conversation, UUID.randomUUID(), text, impression, reply, null);
    }

    private List<Example> stored() {
        return QuarkusTransaction.requiringNew().call(() -> Example.list("impressionId = ?1 order by id", impression));
    }

    /** Letters that no other test writes. */
    private static String words() {
        return UUID.randomUUID().toString().replaceAll("[0-9-]", "");
    }

    private static int size(DatasetVersionView dataset) {
        return dataset.train() + dataset.dev() + dataset.test() + dataset.leftOut();
    }

    private long count(String query) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(query, Long.class).getSingleResult());
    }

    private void sql(String statement) {
        QuarkusTransaction.requiringNew()
                .run(() -> session.createNativeMutationQuery(statement).executeUpdate());
    }

    private void sql(String statement, Object value) {
        QuarkusTransaction.requiringNew()
                .run(() -> session.createNativeMutationQuery(statement)
                        .setParameter(1, value)
                        .executeUpdate());
    }

    private Map<Split, List<LabelledPair>> read(DatasetVersionView dataset) {
        Map<Split, List<LabelledPair>> parts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            parts.put(split, read(dataset, split));
        }
        return parts;
    }

    private List<LabelledPair> read(DatasetVersionView dataset, Split split) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.doReturningWork(database -> ExampleReader.part(database, dataset.id(), split)))
                .stream()
                .map(ExampleReader.Frozen::pair)
                .toList();
    }

    private static Set<UUID> conversations(List<LabelledPair> pairs, Map<UUID, UUID> conversationOfImpression) {
        Set<UUID> conversations = new HashSet<>();
        pairs.forEach(pair -> conversations.add(conversationOfImpression.get(UUID.fromString(pair.group()))));
        conversations.remove(null);
        return conversations;
    }
}
