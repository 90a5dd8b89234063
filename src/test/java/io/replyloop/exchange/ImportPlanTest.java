package io.replyloop.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.exchange.ImportReport.Action;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ImportPlanTest {
    private static final UUID ID = new UUID(1, 1);
    private static final ReplyView HOURS =
            known(ID, "hours", "Hours", "We open at nine.", List.of("shop"), "h", ReplyState.PUBLISHED);

    private static ReplyView known(
            UUID id,
            String label,
            String title,
            String text,
            List<String> categories,
            String shortcode,
            ReplyState state) {
        return new ReplyView(
                id,
                label,
                title,
                text,
                "en",
                categories,
                shortcode,
                state,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                null,
                null);
    }

    private static ImportPlan plan(List<ReplyView> known, boolean publish, String... lines) {
        ImportPlan plan = new ImportPlan(
                known, Map.of(ID, List.of(AnsweredQuestion.masking("doors", "hello"))), publish, draft -> List.of());
        FileReading.of(String.join("\n", lines).getBytes(StandardCharsets.UTF_8), ReadingOptions.of(FileFormat.JSONL))
                .lines()
                .forEach(plan::add);
        return plan;
    }

    private static List<Action> actions(ImportPlan plan) {
        return plan.results().stream().map(ImportReport.Result::action).toList();
    }

    private static PlannedReply reply(ImportPlan plan, int line) {
        UUID id = plan.results().get(line - 1).reply();
        return plan.replies().stream()
                .filter(reply -> reply.id.equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void lines_that_say_the_same_become_one_reply_with_the_categories_and_questions_of_all() {
        ImportPlan plan = plan(
                List.of(),
                true,
                "{\"label\":\"bye\",\"text\":\"Goodbye!\",\"task\":\"bank\",\"questions\":[\"a\"]}",
                "{\"label\":\"bye\",\"text\":\" goodbye! \",\"task\":\"hotel\",\"questions\":[\"A\",\"b\"]}");
        assertEquals(List.of(Action.CREATED, Action.MERGED), actions(plan));
        PlannedReply reply = reply(plan, 1);
        assertEquals(reply, reply(plan, 2));
        assertEquals(List.of("bank", "hotel"), reply.draft().categories());
        assertEquals("Goodbye!", reply.draft().text());
        assertEquals(2, reply.newQuestions().size());
        assertEquals(ReplyState.PUBLISHED, reply.state());
    }

    @Test
    void variants_under_one_label_stay_apart() {
        ImportPlan plan = plan(
                List.of(),
                false,
                "{\"label\":\"bye\",\"text\":\"Goodbye!\",\"task\":\"bank\"}",
                "{\"label\":\"bye\",\"text\":\"So long!\",\"task\":\"bank\"}");
        assertEquals(List.of(Action.CREATED, Action.CREATED), actions(plan));
        assertEquals(ReplyState.DRAFT, reply(plan, 1).state());
    }

    @Test
    void the_same_text_in_two_languages_is_two_replies() {
        ImportPlan plan = plan(
                List.of(), false, "{\"text\":\"OK\",\"language\":\"en\"}", "{\"text\":\"OK\",\"language\":\"zh\"}");
        assertEquals(List.of(Action.CREATED, Action.CREATED), actions(plan));
    }

    @Test
    void a_line_with_the_id_replaces_what_it_names_and_keeps_the_rest() {
        ImportPlan plan =
                plan(List.of(HOURS), false, "{\"id\":\"" + ID + "\",\"text\":\"At ten.\",\"categories\":[\"x\"]}");
        assertEquals(List.of(Action.UPDATED), actions(plan));
        PlannedReply reply = reply(plan, 1);
        assertEquals("At ten.", reply.draft().text());
        assertEquals("Hours", reply.draft().title());
        assertEquals("h", reply.draft().shortcode());
        assertEquals(List.of("x"), reply.draft().categories());
        assertEquals(ReplyState.PUBLISHED, reply.state());
    }

    @Test
    void a_line_with_the_id_may_change_only_the_case_of_the_text() {
        ImportPlan plan = plan(List.of(HOURS), false, "{\"id\":\"" + ID + "\",\"text\":\"we open at NINE.\"}");
        assertEquals(List.of(Action.UPDATED), actions(plan));
        assertEquals("we open at NINE.", reply(plan, 1).draft().text());
    }

    @Test
    void a_line_with_label_and_a_shared_category_replaces_the_text() {
        ImportPlan plan = plan(List.of(HOURS), false, "{\"label\":\"hours\",\"text\":\"At ten.\",\"task\":\"shop\"}");
        assertEquals(List.of(Action.UPDATED), actions(plan));
        assertEquals(ID, plan.results().get(0).reply());
        assertEquals("At ten.", reply(plan, 1).draft().text());
    }

    @Test
    void a_line_with_the_label_in_another_category_is_another_reply() {
        ImportPlan plan = plan(List.of(HOURS), false, "{\"label\":\"hours\",\"text\":\"At ten.\",\"task\":\"bank\"}");
        assertEquals(List.of(Action.CREATED), actions(plan));
    }

    @Test
    void two_lines_do_not_replace_the_same_reply_one_after_the_other() {
        ImportPlan plan = plan(
                List.of(HOURS),
                false,
                "{\"label\":\"hours\",\"text\":\"At ten.\",\"task\":\"shop\"}",
                "{\"label\":\"hours\",\"text\":\"At six.\",\"task\":\"shop\"}");
        assertEquals(List.of(Action.UPDATED, Action.CREATED), actions(plan));
        ImportPlan sameId = plan(
                List.of(HOURS),
                false,
                "{\"id\":\"" + ID + "\",\"text\":\"At ten.\"}",
                "{\"id\":\"" + ID + "\",\"text\":\"At six.\"}");
        assertEquals(List.of(Action.UPDATED, Action.INVALID), actions(sameId));
        assertTrue(sameId.results().get(1).message().contains("line 1"));
    }

    @Test
    void a_line_that_says_the_same_adds_its_category_and_leaves_the_rest() {
        ImportPlan plan = plan(List.of(HOURS), false, "{\"text\":\"we open at nine.\",\"task\":\"bank\"}");
        assertEquals(List.of(Action.UPDATED), actions(plan));
        assertEquals(List.of("shop", "bank"), reply(plan, 1).draft().categories());
        assertEquals("We open at nine.", reply(plan, 1).draft().text());
        assertEquals("hours", reply(plan, 1).draft().label());
    }

    @Test
    void what_is_known_already_changes_nothing() {
        ImportPlan plan = plan(
                List.of(HOURS),
                true,
                "{\"text\":\"we open at nine.\",\"questions\":[\"Doors\",{\"text\":\"doors\",\"context\":\"HELLO\"}]}");
        assertEquals(List.of(Action.UNCHANGED), actions(plan));
        assertTrue(plan.replies().stream().noneMatch(reply -> reply.isChanged()));
    }

    @Test
    void an_id_from_elsewhere_is_kept_for_the_new_reply() {
        UUID foreign = new UUID(7, 7);
        ImportPlan plan = plan(List.of(HOURS), false, "{\"id\":\"" + foreign + "\",\"text\":\"Hello\"}");
        assertEquals(List.of(Action.CREATED), actions(plan));
        assertEquals(foreign, plan.results().get(0).reply());
    }

    @Test
    void publishing_applies_to_lines_that_name_no_state() {
        ReplyView draft = known(ID, null, "T", "Draft", List.of(), null, ReplyState.DRAFT);
        assertEquals(
                ReplyState.PUBLISHED,
                reply(plan(List.of(draft), true, "{\"text\":\"Draft\"}"), 1).state());
        assertEquals(
                ReplyState.DRAFT,
                reply(plan(List.of(draft), true, "{\"text\":\"Draft\",\"state\":\"draft\"}"), 1)
                        .state());
    }

    @Test
    void a_shortcode_that_is_taken_is_named_with_its_owner() {
        ImportPlan plan = plan(
                List.of(HOURS),
                false,
                "{\"text\":\"a\",\"shortcode\":\"H\"}",
                "{\"text\":\"b\",\"shortcode\":\"new\"}",
                "{\"text\":\"c\",\"shortcode\":\"New\"}",
                "{\"text\":\"d\",\"shortcode\":\"new\",\"state\":\"archived\"}");
        assertEquals(List.of(Action.INVALID, Action.CREATED, Action.INVALID, Action.CREATED), actions(plan));
        assertEquals(
                "shortcode 'H' belongs to the reply 'Hours'; choose another one",
                plan.results().get(0).message());
        assertTrue(plan.results().get(2).message().contains("of line 2"));
    }

    @Test
    void a_reply_in_use_is_preferred_to_an_archived_one_that_says_the_same() {
        ReplyView old = known(new UUID(2, 2), null, "Old", "We open at nine.", List.of(), null, ReplyState.ARCHIVED);
        for (List<ReplyView> order : List.of(List.of(old, HOURS), List.of(HOURS, old))) {
            ImportPlan plan = plan(order, true, "{\"text\":\"We open at nine.\"}");
            assertEquals(ID, plan.results().get(0).reply());
            assertEquals(List.of(Action.UNCHANGED), actions(plan));
        }
    }

    @Test
    void a_line_without_text_is_refused_unless_its_id_is_known() {
        List<Action> expected = new ArrayList<>(List.of(Action.INVALID, Action.UPDATED));
        ImportPlan plan =
                plan(List.of(HOURS), false, "{\"label\":\"x\"}", "{\"id\":\"" + ID + "\",\"title\":\"Times\"}");
        assertEquals(expected, actions(plan));
        assertEquals("Times", reply(plan, 2).draft().title());
    }
}
