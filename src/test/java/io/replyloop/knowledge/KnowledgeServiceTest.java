package io.replyloop.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
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
        return assertThrows(Problem.class, action::run).code();
    }

    @Test
    void a_new_reply_is_a_draft_of_version_one() {
        ReplyView created = knowledge.create(draft("Order status", "Your order is on its way."), null);
        assertEquals(ReplyState.DRAFT, created.state());
        assertEquals(1, created.version());
        assertEquals(created, knowledge.get(created.id()));
    }

    @Test
    void every_change_is_kept_as_a_version() {
        ReplyView created = knowledge.create(draft("Order status", "First text."), null);
        ReplyView changed = knowledge.update(created.id(), withVersion(created, "Second text."), null);
        knowledge.publish(created.id(), null);
        List<ReplyView.Version> versions = knowledge.versions(created.id());
        assertEquals(
                List.of(3, 2, 1),
                versions.stream().map(ReplyView.Version::version).toList());
        assertEquals("First text.", versions.get(2).text());
        assertEquals("Second text.", changed.text());
        assertEquals(ReplyState.PUBLISHED, versions.get(0).state());
    }

    @Test
    void a_change_that_changes_nothing_makes_no_version() {
        ReplyView created = knowledge.create(draft("Order status", "A text."), null);
        knowledge.update(created.id(), withVersion(created, "A text."), null);
        knowledge.publish(created.id(), null);
        knowledge.publish(created.id(), null);
        assertEquals(2, knowledge.get(created.id()).version());
    }

    @Test
    void the_second_of_two_who_edit_the_same_version_is_told() {
        ReplyView read = knowledge.create(draft("Order status", "A text."), null);
        knowledge.update(read.id(), withVersion(read, "Anna's text."), null);
        assertEquals(
                ProblemCode.CONFLICT,
                problem(() -> knowledge.update(read.id(), withVersion(read, "Bo's text."), null)));
        assertEquals("Anna's text.", knowledge.get(read.id()).text());
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
                    assertEquals(ProblemCode.CONFLICT, ((Problem) lost.getCause()).code());
                }
            }
            assertEquals(1, won);
            assertEquals(2, knowledge.get(read.id()).version());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_change_without_a_version_is_refused() {
        ReplyView read = knowledge.create(draft("Order status", "A text."), null);
        assertEquals(
                ProblemCode.INVALID, problem(() -> knowledge.update(read.id(), draft("Order", "New text."), null)));
    }

    @Test
    void a_shortcode_belongs_to_one_reply_whatever_its_case() {
        String shortcode = unique("hello");
        ReplyView first = knowledge.create(withShortcode(shortcode), null);
        assertEquals(
                ProblemCode.CONFLICT,
                problem(() -> knowledge.create(withShortcode(shortcode.toUpperCase(java.util.Locale.ROOT)), null)));
        knowledge.archive(first.id(), null);
        knowledge.create(withShortcode(shortcode), null);
        assertEquals(ProblemCode.CONFLICT, problem(() -> knowledge.publish(first.id(), null)));
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
                    assertEquals(ProblemCode.CONFLICT, ((Problem) lost.getCause()).code());
                }
            }
            assertEquals(1, won);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void replies_that_break_a_rule_are_refused_by_the_database_service_too() {
        assertThrows(ConstraintViolationException.class, () -> knowledge.create(draft("", "Text"), null));
    }

    @Test
    void an_unknown_reply_is_not_found() {
        UUID unknown = UUID.randomUUID();
        assertEquals(ProblemCode.NOT_FOUND, problem(() -> knowledge.get(unknown)));
        assertEquals(ProblemCode.NOT_FOUND, problem(() -> knowledge.versions(unknown)));
        assertEquals(ProblemCode.NOT_FOUND, problem(() -> knowledge.publish(unknown, null)));
        assertEquals(
                ProblemCode.NOT_FOUND, problem(() -> knowledge.rememberAnswer(unknown, "Hi", "Hi", UUID.randomUUID())));
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
        assertEquals(made, read);
    }

    @Test
    void a_made_up_cursor_is_refused() {
        for (String at : List.of("yesterday", "+1000000000-12-31T23:59:59Z", "-0044-03-15T12:00:00Z")) {
            String cursor = Cursor.encode(at, UUID.randomUUID().toString());
            assertEquals(ProblemCode.INVALID, problem(() -> knowledge.list(KnowledgeService.Filter.ANY, cursor, 3)));
        }
        String nobody = Cursor.encode("2026-01-01T00:00:00Z", "nobody");
        assertEquals(ProblemCode.INVALID, problem(() -> knowledge.list(KnowledgeService.Filter.ANY, nobody, 3)));
    }

    @Test
    void filters_narrow_the_list() {
        String category = unique("filter");
        ReplyDraft english = new ReplyDraft(null, "100% off_er", "Sale", "en", List.of(category, "b"), null, null);
        ReplyDraft chinese = new ReplyDraft(null, "打折", "八折优惠", "zh-CN", List.of(category), null, null);
        UUID en = knowledge.create(english, null).id();
        UUID zh = knowledge.create(chinese, null).id();
        knowledge.publish(zh, null);
        assertEquals(List.of(zh), ids(new KnowledgeService.Filter(ReplyState.PUBLISHED, null, category, null)));
        assertEquals(List.of(zh), ids(new KnowledgeService.Filter(null, "zh", category, null)));
        assertEquals(List.of(en), ids(new KnowledgeService.Filter(null, "EN", category, null)));
        assertEquals(List.of(en), ids(new KnowledgeService.Filter(null, null, category, "0% OFF_E")));
        assertEquals(List.of(zh), ids(new KnowledgeService.Filter(null, null, category, "优惠")));
        assertEquals(List.of(), ids(new KnowledgeService.Filter(null, null, category, "0%off_e")));
        assertEquals(List.of(zh, en), ids(new KnowledgeService.Filter(null, null, category, "  ")));
        assertEquals(List.of(zh), ids(new KnowledgeService.Filter(null, null, category, "优惠\u0000")));
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
        assertEquals(Optional.empty(), knowledge.findByExactText(text));
        knowledge.publish(id, null);
        assertEquals(
                Optional.of(id),
                knowledge.findByExactText(
                        "  " + text.toUpperCase(java.util.Locale.ROOT).replace(" ", " \n ")));
        knowledge.archive(id, null);
        assertEquals(Optional.empty(), knowledge.findByExactText(text));
    }

    @Test
    void an_answered_question_is_remembered_once_per_decision() {
        UUID id = knowledge
                .create(draft("Order status", "Your order is on its way."), null)
                .id();
        UUID decision = UUID.randomUUID();
        knowledge.rememberAnswer(id, "Hi\nHow can I help?\nWhere is it?", "Where is it?", decision);
        knowledge.rememberAnswer(id, "Hi\nHow can I help?\nWhere is it?", "Where is it?", decision);
        assertEquals(1, knowledge.get(id).questions());
        assertEquals(
                List.of(AnsweredQuestion.masking("Where is it?", "How can I help?", "Hi")),
                knowledge.questions().get(id));
        knowledge.rememberAnswer(id, "Where is it?", "Where is it?", UUID.randomUUID());
        assertEquals(2, knowledge.get(id).questions());
    }

    @Test
    void a_question_without_words_is_not_remembered() {
        UUID id = knowledge.create(draft("Order status", "A text."), null).id();
        knowledge.rememberAnswer(id, "  ", " \n ", UUID.randomUUID());
        assertEquals(0, knowledge.get(id).questions());
        assertFalse(knowledge.questions().containsKey(id));
    }
}
