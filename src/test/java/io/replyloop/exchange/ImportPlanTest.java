package io.replyloop.exchange;

import static org.assertj.core.api.Assertions.assertThat;

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
                null,
                null,
                null,
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
        assertThat(actions(plan)).isEqualTo(List.of(Action.CREATED, Action.MERGED));
        PlannedReply reply = reply(plan, 1);
        assertThat(reply(plan, 2)).isEqualTo(reply);
        assertThat(reply.draft().categories()).isEqualTo(List.of("bank", "hotel"));
        assertThat(reply.draft().text()).isEqualTo("Goodbye!");
        assertThat(reply.newQuestions().size()).isEqualTo(2);
        assertThat(reply.state()).isEqualTo(ReplyState.PUBLISHED);
    }

    @Test
    void variants_under_one_label_stay_apart() {
        ImportPlan plan = plan(
                List.of(),
                false,
                "{\"label\":\"bye\",\"text\":\"Goodbye!\",\"task\":\"bank\"}",
                "{\"label\":\"bye\",\"text\":\"So long!\",\"task\":\"bank\"}");
        assertThat(actions(plan)).isEqualTo(List.of(Action.CREATED, Action.CREATED));
        assertThat(reply(plan, 1).state()).isEqualTo(ReplyState.DRAFT);
    }

    @Test
    void the_same_text_in_two_languages_is_two_replies() {
        ImportPlan plan = plan(
                List.of(), false, "{\"text\":\"OK\",\"language\":\"en\"}", "{\"text\":\"OK\",\"language\":\"zh\"}");
        assertThat(actions(plan)).isEqualTo(List.of(Action.CREATED, Action.CREATED));
    }

    @Test
    void a_line_with_the_id_replaces_what_it_names_and_keeps_the_rest() {
        ImportPlan plan =
                plan(List.of(HOURS), false, "{\"id\":\"" + ID + "\",\"text\":\"At ten.\",\"categories\":[\"x\"]}");
        assertThat(actions(plan)).isEqualTo(List.of(Action.UPDATED));
        PlannedReply reply = reply(plan, 1);
        assertThat(reply.draft().text()).isEqualTo("At ten.");
        assertThat(reply.draft().title()).isEqualTo("Hours");
        assertThat(reply.draft().shortcode()).isEqualTo("h");
        assertThat(reply.draft().categories()).isEqualTo(List.of("x"));
        assertThat(reply.state()).isEqualTo(ReplyState.PUBLISHED);
    }

    @Test
    void a_line_with_the_id_may_change_only_the_case_of_the_text() {
        ImportPlan plan = plan(List.of(HOURS), false, "{\"id\":\"" + ID + "\",\"text\":\"we open at NINE.\"}");
        assertThat(actions(plan)).isEqualTo(List.of(Action.UPDATED));
        assertThat(reply(plan, 1).draft().text()).isEqualTo("we open at NINE.");
    }

    @Test
    void a_line_with_label_and_a_shared_category_replaces_the_text() {
        ImportPlan plan = plan(List.of(HOURS), false, "{\"label\":\"hours\",\"text\":\"At ten.\",\"task\":\"shop\"}");
        assertThat(actions(plan)).isEqualTo(List.of(Action.UPDATED));
        assertThat(plan.results().get(0).reply()).isEqualTo(ID);
        assertThat(reply(plan, 1).draft().text()).isEqualTo("At ten.");
    }

    @Test
    void a_line_with_the_label_in_another_category_is_another_reply() {
        ImportPlan plan = plan(List.of(HOURS), false, "{\"label\":\"hours\",\"text\":\"At ten.\",\"task\":\"bank\"}");
        assertThat(actions(plan)).isEqualTo(List.of(Action.CREATED));
    }

    @Test
    void two_lines_do_not_replace_the_same_reply_one_after_the_other() {
        ImportPlan plan = plan(
                List.of(HOURS),
                false,
                "{\"label\":\"hours\",\"text\":\"At ten.\",\"task\":\"shop\"}",
                "{\"label\":\"hours\",\"text\":\"At six.\",\"task\":\"shop\"}");
        assertThat(actions(plan)).isEqualTo(List.of(Action.UPDATED, Action.CREATED));
        ImportPlan sameId = plan(
                List.of(HOURS),
                false,
                "{\"id\":\"" + ID + "\",\"text\":\"At ten.\"}",
                "{\"id\":\"" + ID + "\",\"text\":\"At six.\"}");
        assertThat(actions(sameId)).isEqualTo(List.of(Action.UPDATED, Action.INVALID));
        assertThat(sameId.results().get(1).message().contains("line 1")).isTrue();
    }

    @Test
    void a_line_that_says_the_same_adds_its_category_and_leaves_the_rest() {
        ImportPlan plan = plan(List.of(HOURS), false, "{\"text\":\"we open at nine.\",\"task\":\"bank\"}");
        assertThat(actions(plan)).isEqualTo(List.of(Action.UPDATED));
        assertThat(reply(plan, 1).draft().categories()).isEqualTo(List.of("shop", "bank"));
        assertThat(reply(plan, 1).draft().text()).isEqualTo("We open at nine.");
        assertThat(reply(plan, 1).draft().label()).isEqualTo("hours");
    }

    @Test
    void what_is_known_already_changes_nothing() {
        ImportPlan plan = plan(
                List.of(HOURS),
                true,
                "{\"text\":\"we open at nine.\",\"questions\":[\"Doors\",{\"text\":\"doors\",\"context\":\"HELLO\"}]}");
        assertThat(actions(plan)).isEqualTo(List.of(Action.UNCHANGED));
        assertThat(plan.replies().stream().noneMatch(reply -> reply.isChanged()))
                .isTrue();
    }

    @Test
    void an_id_from_elsewhere_is_kept_for_the_new_reply() {
        UUID foreign = new UUID(7, 7);
        ImportPlan plan = plan(List.of(HOURS), false, "{\"id\":\"" + foreign + "\",\"text\":\"Hello\"}");
        assertThat(actions(plan)).isEqualTo(List.of(Action.CREATED));
        assertThat(plan.results().get(0).reply()).isEqualTo(foreign);
    }

    @Test
    void publishing_applies_to_lines_that_name_no_state() {
        ReplyView draft = known(ID, null, "T", "Draft", List.of(), null, ReplyState.DRAFT);
        assertThat(reply(plan(List.of(draft), true, "{\"text\":\"Draft\"}"), 1).state())
                .isEqualTo(ReplyState.PUBLISHED);
        assertThat(reply(plan(List.of(draft), true, "{\"text\":\"Draft\",\"state\":\"draft\"}"), 1)
                        .state())
                .isEqualTo(ReplyState.DRAFT);
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
        assertThat(actions(plan)).isEqualTo(List.of(Action.INVALID, Action.CREATED, Action.INVALID, Action.CREATED));
        assertThat(plan.results().get(0).message())
                .isEqualTo("shortcode 'H' belongs to the reply 'Hours'; choose another one");
        assertThat(plan.results().get(2).message().contains("of line 2")).isTrue();
    }

    @Test
    void a_reply_in_use_is_preferred_to_an_archived_one_that_says_the_same() {
        ReplyView old = known(new UUID(2, 2), null, "Old", "We open at nine.", List.of(), null, ReplyState.ARCHIVED);
        for (List<ReplyView> order : List.of(List.of(old, HOURS), List.of(HOURS, old))) {
            ImportPlan plan = plan(order, true, "{\"text\":\"We open at nine.\"}");
            assertThat(plan.results().get(0).reply()).isEqualTo(ID);
            assertThat(actions(plan)).isEqualTo(List.of(Action.UNCHANGED));
        }
    }

    @Test
    void a_line_without_text_is_refused_unless_its_id_is_known() {
        List<Action> expected = new ArrayList<>(List.of(Action.INVALID, Action.UPDATED));
        ImportPlan plan =
                plan(List.of(HOURS), false, "{\"label\":\"x\"}", "{\"id\":\"" + ID + "\",\"title\":\"Times\"}");
        assertThat(actions(plan)).isEqualTo(expected);
        assertThat(reply(plan, 2).draft().title()).isEqualTo("Times");
    }
}
