package io.replyloop.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KnowledgeServiceTest {
    @Inject
    KnowledgeService knowledge;

    @Inject
    ReplyVersions versions;

    @Inject
    ReplyActs acts;

    @Inject
    CannedReplies canned;

    private static ReplyDraft draft(String title, String text) {
        return new ReplyDraft(null, title, text, "en", List.of("orders"), null, null);
    }

    private static ReplyDraft withShortcode(String shortcode) {
        return new ReplyDraft(null, "Title", "Text with " + shortcode, "en", List.of(), shortcode, null);
    }

    private static ReplyDraft withVersion(ReplyView read, String text) {
        return new ReplyDraft(
                read.label(), read.title(), text, read.language(), read.categories(), read.shortcode(), read.version());
    }

    private static String unique(String word) {
        return word + UUID.randomUUID().toString().substring(0, 8);
    }

    private static ProblemCode problem(Runnable action) {
        return assertThatExceptionOfType(Problem.class)
                .isThrownBy(action::run)
                .actual()
                .code();
    }

    @Test
    void a_new_reply_is_a_draft_of_version_one() {
        ReplyView created = knowledge.create(draft("Order status", "Your order is on its way."), null);
        assertThat(created.state()).isEqualTo(ReplyState.DRAFT);
        assertThat(created.version()).isEqualTo(1);
        assertThat(knowledge.get(created.id())).isEqualTo(created);
    }

    @Test
    void every_change_is_kept_as_a_version() {
        ReplyView created = knowledge.create(draft("Order status", "First text."), null);
        ReplyView changed = knowledge.update(created.id(), withVersion(created, "Second text."), null);
        knowledge.publish(created.id(), null);
        List<ReplyView.Version> kept = versions.list(created.id(), null);
        assertThat(kept.stream().map(ReplyView.Version::version).toList()).isEqualTo(List.of(3, 2, 1));
        assertThat(kept.get(2).text()).isEqualTo("First text.");
        assertThat(changed.text()).isEqualTo("Second text.");
        assertThat(kept.get(0).state()).isEqualTo(ReplyState.PUBLISHED);
    }

    @Test
    void what_is_restored_is_a_new_version_and_says_which_one_it_repeats() {
        ReplyView first = knowledge.create(draft("Order status", "First text."), null);
        knowledge.update(first.id(), withVersion(first, "Second text."), null);
        knowledge.publish(first.id(), null);

        ReplyView restored = versions.restore(first.id(), 1, 3, null);

        assertThat(restored.text()).isEqualTo("First text.");
        assertThat(restored.state()).isEqualTo(ReplyState.PUBLISHED);
        assertThat(versions.list(first.id(), null).stream().map(ReplyView.Version::restoredFrom))
                .containsExactly(1, null, null, null);
        assertThat(versions.list(first.id(), 3).stream().map(ReplyView.Version::text))
                .containsExactly("Second text.", "First text.");
        assertThat(problem(() -> versions.restore(first.id(), 2, 3, null)))
                .as("of a version that somebody has changed meanwhile")
                .isEqualTo(ProblemCode.CONFLICT);
        assertThat(problem(() -> versions.restore(first.id(), 9, 4, null))).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(versions.restore(first.id(), 1, 4, null).version())
                .as("that says so already")
                .isEqualTo(4);
    }

    @Test
    void short_answers_belong_to_the_versions_of_a_reply_and_go_where_it_goes() {
        List<String> choices = List.of("Yes", "还没有");
        String shortcode = unique("s");
        ReplyView first = knowledge.create(
                new ReplyDraft(null, "Arrival", "Has it come?", "en", List.of(), shortcode, choices, null), null);
        assertThat(first.choices()).isEqualTo(choices);
        acts.act(List.of(first.id()), new ReplyAct(ReplyAct.What.ADD_CATEGORY, "Parcels", null), null);
        ReplyView categorised = knowledge.publish(first.id(), null);
        assertThat(categorised.choices()).isEqualTo(choices);
        assertThat(canned.all().stream().filter(reply -> reply.shortcode().equals(shortcode)))
                .extracting(CannedReply::choices)
                .containsExactly(choices);
        assertThat(canned.choices(List.of(first.id()))).isEqualTo(Map.of(first.id(), choices));

        ReplyView without = knowledge.update(first.id(), withVersion(categorised, "Has it come?"), null);

        assertThat(without.version()).as("that is a change").isEqualTo(categorised.version() + 1);
        assertThat(canned.choices(List.of(first.id()))).isEmpty();
        assertThat(versions.restore(first.id(), 1, without.version(), null).choices())
                .isEqualTo(choices);
        assertThat(versions.list(first.id(), null).stream().map(ReplyView.Version::choices))
                .startsWith(choices, List.of(), choices);
    }

    @Test
    void a_version_whose_shortcode_belongs_to_another_reply_by_now_is_not_restored() {
        String shortcode = unique("s");
        ReplyView first = knowledge.create(withShortcode(shortcode), null);
        knowledge.update(
                first.id(), new ReplyDraft(null, "Title", "Without", "en", List.of(), null, first.version()), null);
        knowledge.create(withShortcode(shortcode), null);

        assertThat(problem(() -> versions.restore(first.id(), 1, 2, null))).isEqualTo(ProblemCode.CONFLICT);
        assertThat(knowledge.get(first.id()).text()).isEqualTo("Without");
    }

    @Test
    void a_change_that_changes_nothing_makes_no_version() {
        ReplyView created = knowledge.create(draft("Order status", "A text."), null);
        knowledge.update(created.id(), withVersion(created, "A text."), null);
        knowledge.publish(created.id(), null);
        knowledge.publish(created.id(), null);
        assertThat(knowledge.get(created.id()).version()).isEqualTo(2);
    }

    @Test
    void the_second_of_two_who_edit_the_same_version_is_told() {
        ReplyView read = knowledge.create(draft("Order status", "A text."), null);
        knowledge.update(read.id(), withVersion(read, "Anna's text."), null);
        assertThat(problem(() -> knowledge.update(read.id(), withVersion(read, "Bo's text."), null)))
                .isEqualTo(ProblemCode.CONFLICT);
        assertThat(knowledge.get(read.id()).text()).isEqualTo("Anna's text.");
    }

    @Test
    void of_many_who_edit_the_same_version_at_once_exactly_one_wins() throws Exception {
        ReplyView read = knowledge.create(draft("Order status", "A text."), null);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<ReplyView>> edits = new ArrayList<>();
            for (int number = 0; number < 12; number++) {
                ReplyDraft edit = withVersion(read, "Text " + number);
                edits.add(() -> knowledge.update(read.id(), edit, null));
            }
            int won = 0;
            for (Future<ReplyView> edit : threads.invokeAll(edits)) {
                try {
                    edit.get();
                    won++;
                } catch (ExecutionException lost) {
                    assertThat(((Problem) lost.getCause()).code()).isEqualTo(ProblemCode.CONFLICT);
                }
            }
            assertThat(won).isEqualTo(1);
            assertThat(knowledge.get(read.id()).version()).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_change_without_a_version_is_refused() {
        ReplyView read = knowledge.create(draft("Order status", "A text."), null);
        assertThat(problem(() -> knowledge.update(read.id(), draft("Order", "New text."), null)))
                .isEqualTo(ProblemCode.INVALID);
    }

    @Test
    void a_shortcode_belongs_to_one_reply_whatever_its_case() {
        String shortcode = unique("hello");
        ReplyView first = knowledge.create(withShortcode(shortcode), null);
        assertThat(problem(() -> knowledge.create(withShortcode(shortcode.toUpperCase(Locale.ROOT)), null)))
                .isEqualTo(ProblemCode.CONFLICT);
        knowledge.archive(first.id(), null);
        knowledge.create(withShortcode(shortcode), null);
        assertThat(problem(() -> knowledge.publish(first.id(), null))).isEqualTo(ProblemCode.CONFLICT);
    }

    @Test
    void of_many_who_want_a_shortcode_at_once_exactly_one_gets_it() throws Exception {
        String shortcode = unique("race");
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<ReplyView>> creations = new ArrayList<>();
            for (int number = 0; number < 6; number++) {
                creations.add(() -> knowledge.create(withShortcode(shortcode), null));
            }
            int won = 0;
            for (Future<ReplyView> creation : threads.invokeAll(creations)) {
                try {
                    creation.get();
                    won++;
                } catch (ExecutionException lost) {
                    assertThat(((Problem) lost.getCause()).code()).isEqualTo(ProblemCode.CONFLICT);
                }
            }
            assertThat(won).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void replies_that_break_a_rule_are_refused_by_the_database_service_too() {
        assertThatThrownBy(() -> knowledge.create(draft("", "Text"), null))
                .isInstanceOf(ConstraintViolationException.class);
    }

    @Test
    void an_unknown_reply_is_not_found() {
        UUID unknown = UUID.randomUUID();
        assertThat(problem(() -> knowledge.get(unknown))).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(problem(() -> versions.list(unknown, null))).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(problem(() -> knowledge.publish(unknown, null))).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(problem(() -> knowledge.rememberAnswer(unknown, "Hi", "Hi", UUID.randomUUID())))
                .isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition() {
        String category = unique("page");
        List<UUID> made = new ArrayList<>();
        for (int number = 0; number < 7; number++) {
            ReplyDraft draft = new ReplyDraft(null, "T" + number, "Text", "en", List.of(category), null, null);
            made.add(0, knowledge.create(draft, null).id());
        }
        KnowledgeService.Filter filter = new KnowledgeService.Filter(null, null, category, null);
        List<UUID> read = new ArrayList<>();
        String cursor = null;
        do {
            Page<ReplyView> page = knowledge.list(filter, cursor, 3);
            page.items().forEach(reply -> read.add(reply.id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(read).isEqualTo(made);
    }

    @Test
    void a_made_up_cursor_is_refused() {
        for (String at : List.of("yesterday", "+1000000000-12-31T23:59:59Z", "-0044-03-15T12:00:00Z")) {
            String cursor = Cursor.encode(at, UUID.randomUUID().toString());
            assertThat(problem(() -> knowledge.list(KnowledgeService.Filter.ANY, cursor, 3)))
                    .isEqualTo(ProblemCode.INVALID);
        }
        String nobody = Cursor.encode("2026-01-01T00:00:00Z", "nobody");
        assertThat(problem(() -> knowledge.list(KnowledgeService.Filter.ANY, nobody, 3)))
                .isEqualTo(ProblemCode.INVALID);
    }

    @Test
    void filters_narrow_the_list() {
        String category = unique("filter");
        ReplyDraft english = new ReplyDraft(null, "100% off_er", "Sale", "en", List.of(category, "b"), null, null);
        ReplyDraft chinese = new ReplyDraft(null, "打折", "八折优惠", "zh-CN", List.of(category), null, null);
        UUID en = knowledge.create(english, null).id();
        UUID zh = knowledge.create(chinese, null).id();
        knowledge.publish(zh, null);
        assertThat(ids(new KnowledgeService.Filter(ReplyState.PUBLISHED, null, category, null)))
                .isEqualTo(List.of(zh));
        assertThat(ids(new KnowledgeService.Filter(null, "zh", category, null))).isEqualTo(List.of(zh));
        assertThat(ids(new KnowledgeService.Filter(null, "EN", category, null))).isEqualTo(List.of(en));
        assertThat(ids(new KnowledgeService.Filter(null, null, category, "0% OFF_E")))
                .isEqualTo(List.of(en));
        assertThat(ids(new KnowledgeService.Filter(null, null, category, "优惠"))).isEqualTo(List.of(zh));
        assertThat(ids(new KnowledgeService.Filter(null, null, category, "0%off_e")))
                .isEqualTo(List.of());
        assertThat(ids(new KnowledgeService.Filter(null, null, category, "  "))).isEqualTo(List.of(zh, en));
        assertThat(ids(new KnowledgeService.Filter(null, null, category, "优惠\u0000")))
                .isEqualTo(List.of(zh));
    }

    private List<UUID> ids(KnowledgeService.Filter filter) {
        return knowledge.list(filter, null, null).items().stream()
                .map(ReplyView::id)
                .toList();
    }

    @Test
    void a_published_reply_is_found_by_its_text_whatever_case_and_spacing() {
        String text = unique("Thank you for ");
        UUID id = knowledge.create(draft("Thanks", text), null).id();
        assertThat(knowledge.findByExactText(text)).isEqualTo(Optional.empty());
        knowledge.publish(id, null);
        assertThat(knowledge.findByExactText(
                        "  " + text.toUpperCase(Locale.ROOT).replace(" ", " \n ")))
                .isEqualTo(Optional.of(id));
        knowledge.archive(id, null);
        assertThat(knowledge.findByExactText(text)).isEqualTo(Optional.empty());
    }

    @Test
    void an_answered_question_is_remembered_once_per_decision() {
        UUID id = knowledge
                .create(draft("Order status", "Your order is on its way."), null)
                .id();
        UUID decision = UUID.randomUUID();
        knowledge.rememberAnswer(id, "Hi\nHow can I help?\nWhere is it?", "Where is it?", decision);
        knowledge.rememberAnswer(id, "Hi\nHow can I help?\nWhere is it?", "Where is it?", decision);
        assertThat(knowledge.get(id).questions()).isEqualTo(1);
        assertThat(knowledge.questions().get(id))
                .isEqualTo(List.of(AnsweredQuestion.masking("Where is it?", "How can I help?", "Hi")));
        knowledge.rememberAnswer(id, "Where is it?", "Where is it?", UUID.randomUUID());
        assertThat(knowledge.get(id).questions()).isEqualTo(2);
    }

    @Test
    void a_question_without_words_is_not_remembered() {
        UUID id = knowledge.create(draft("Order status", "A text."), null).id();
        knowledge.rememberAnswer(id, "  ", " \n ", UUID.randomUUID());
        assertThat(knowledge.get(id).questions()).isEqualTo(0);
        assertThat(knowledge.questions().containsKey(id)).isFalse();
    }
}
