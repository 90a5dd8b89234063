package io.replyloop.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.Posted;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SentAnswerTest extends QuestionWithSuggestions {
    @Inject
    ConversationService conversations;

    @Test
    void a_suggestion_sent_as_it_is_is_remembered_as_an_answer() {
        Posted posted = send("Please tell us your order number.", impression, second);

        Decision decision = decisions().get(0);
        assertThat(decision.id).isEqualTo(posted.event().clientId());
        assertThat(decision.outcome).isEqualTo(Outcome.SENT);
        assertThat(decision.replyId).isEqualTo(second);
        assertThat(decision.position).isEqualTo(2);
        assertThat(decision.editDistance).isEqualTo(0);
        ReplyView reply = knowledge.get(second);
        assertThat(reply.questions()).isEqualTo(1);
        assertThat(reply.shown()).isEqualTo(1);
        assertThat(reply.sent()).isEqualTo(1);
        assertThat(knowledge.get(first).questions()).isEqualTo(0);
    }

    @Test
    void a_repeated_send_is_one_message_and_one_decision() {
        UUID id = UUID.randomUUID();
        String text = "Please tell us your order number.";

        Posted once = feedback.send(agent, conversation, id, text, impression, second, null);
        Posted again = feedback.send(agent, conversation, id, text, impression, second, null);

        assertThat(once.repeated()).isFalse();
        assertThat(again.repeated()).isTrue();
        assertThat(again.event().sequence()).isEqualTo(once.event().sequence());
        assertThat(decisions().size()).isEqualTo(1);
        assertThat(knowledge.get(second).questions()).isEqualTo(1);
    }

    @Test
    void an_edit_is_measured_and_a_light_one_remembered() {
        send("Please tell me your order number.", impression, second);

        Decision decision = decisions().get(0);
        assertThat(decision.outcome).isEqualTo(Outcome.EDITED);
        assertThat(decision.editDistance).isEqualTo(2);
        assertThat(decision.textSent).isEqualTo("Please tell me your order number.");
        assertThat(knowledge.get(second).questions()).isEqualTo(1);
    }

    @Test
    void a_suggestion_whose_variables_were_filled_was_sent_as_it_is() {
        UUID greeting = chat.published("Hello {{customer.name|there}}, your parcel is on its way. {{agent.name}}");
        conversation = chat.silentConversation("Hello", "When does it come?");
        UUID shown = chat.impression(conversation, List.of(greeting), List.of());

        send("Hello Wei, your parcel is on its way. Anna", shown, greeting);

        Decision decision = decisions(shown).get(0);
        assertThat(decision.outcome).isEqualTo(Outcome.SENT);
        assertThat(decision.editDistance).isEqualTo(0);
        assertThat(knowledge.get(greeting).questions()).isEqualTo(1);
    }

    @Test
    void a_rewritten_suggestion_is_not_remembered() {
        send("Sorry, but we never received anything from you.", impression, second);

        assertThat(decisions().get(0).outcome).isEqualTo(Outcome.EDITED);
        assertThat(knowledge.get(second).questions()).isEqualTo(0);
    }

    @Test
    void own_words_are_stored_as_such() {
        send("One moment, I will look.", impression, null);

        Decision decision = decisions().get(0);
        assertThat(decision.outcome).isEqualTo(Outcome.OWN_TEXT);
        assertThat(decision.replyId).isEqualTo(null);
        assertThat(decision.textSent).isEqualTo("One moment, I will look.");
    }

    @Test
    void a_reply_typed_out_is_the_right_one_wherever_it_stood() {
        send("you can pay by  invoice.", impression, null);

        Decision decision = decisions().get(0);
        assertThat(decision.outcome).isEqualTo(Outcome.OWN_TEXT);
        assertThat(decision.replyId).isEqualTo(unshown);
        assertThat(decision.position).isEqualTo(3);
        assertThat(knowledge.get(unshown).questions()).isEqualTo(1);
    }

    @Test
    void of_two_answers_the_first_counts_and_both_are_sent() {
        send("Please tell us your order number.", impression, second);
        Posted late = send("A parcel to Zanzibar travels for twelve days.", impression, first);

        assertThat(late.repeated()).isFalse();
        assertThat(decisions().stream().map(each -> each.replyId).toList()).isEqualTo(List.of(second));
        assertThat(conversations.lastMessages(conversation, 10).size()).isEqualTo(4);
    }

    @Test
    void two_tabs_at_the_same_moment_lose_nothing() throws Exception {
        List<Callable<Posted>> tabs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tabs.add(() -> send("Please tell us your order number.", impression, second));
        }
        var threads = Executors.newFixedThreadPool(8);
        for (Future<Posted> each : threads.invokeAll(tabs)) {
            assertThat(each.get().repeated()).isFalse();
        }
        threads.shutdown();

        assertThat(decisions().size()).isEqualTo(1);
        assertThat(conversations.lastMessages(conversation, 20).size()).isEqualTo(10);
    }

    @Test
    void an_impression_that_is_none_of_this_conversation_never_holds_up_the_message() {
        UUID other = chat.silentConversation("Another customer");
        UUID foreign = chat.impression(other, List.of(first), List.of());

        send("To the wrong one", foreign, first);
        send("To nothing", UUID.randomUUID(), first);

        assertThat(decisions().size()).isEqualTo(0);
        assertThat(conversations.lastMessages(conversation, 10).size()).isEqualTo(4);
    }

    @Test
    void a_reply_that_was_not_suggested_counts_as_own_words() {
        send("Something", impression, UUID.randomUUID());

        assertThat(decisions().get(0).outcome).isEqualTo(Outcome.OWN_TEXT);
    }

    @Test
    void a_canned_reply_that_was_not_suggested_is_remembered_as_it_is_and_lightly_edited() {
        UUID canned = chat.published("Our shop is open from nine to five on every working day.");
        send("Our shop is open from nine to five on every working day!", impression, canned);

        Decision decision = decisions().get(0);
        assertThat(decision.replyId).isEqualTo(canned);
        assertThat(decision.outcome).isEqualTo(Outcome.OWN_TEXT);
        assertThat(decision.editDistance).isEqualTo(1);
        assertThat(knowledge.get(canned).questions()).isEqualTo(1);
        assertThat(knowledge.get(canned).sent()).isEqualTo(1);
        assertThat(knowledge.get(first).questions()).isEqualTo(0);

        UUID other = chat.silentConversation("When are you there?");
        UUID shown = chat.impression(other, List.of(first), List.of());
        feedback.send(
                agent,
                other,
                UUID.randomUUID(),
                "Our shop is open from nine to five on every working day.",
                shown,
                canned,
                null);
        assertThat(decisions(shown).get(0).replyId).isEqualTo(canned);
        assertThat(knowledge.get(canned).questions()).isEqualTo(2);
    }

    @Test
    void a_canned_reply_of_which_little_is_left_is_no_answer_that_is_remembered() {
        UUID canned = chat.published("Our shop is open from nine to five on every working day.");

        send("I am afraid that we are closed until the second of January.", impression, canned);

        assertThat(decisions().get(0).replyId).isEqualTo(canned);
        assertThat(knowledge.get(canned).questions()).isEqualTo(0);
    }

    @Test
    void where_the_models_were_unsure_the_answer_is_learned_without_anything_on_screen() {
        UUID unsure = chat.silentConversation("Do you ship to the moon?");
        UUID empty = chat.impression(unsure, List.of(), List.of(first));

        feedback.send(agent, unsure, UUID.randomUUID(), "Not yet.", null, null, null);

        assertThat(decisions(empty).get(0).outcome).isEqualTo(Outcome.OWN_TEXT);
    }

    @Test
    void suggestions_that_were_not_on_screen_are_not_passed_over() {
        send("I did not see any", null, null);

        assertThat(decisions().size()).isEqualTo(0);
    }

    @Test
    void a_message_that_is_refused_decides_nothing() {
        Problem refusal = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() ->
                        feedback.send(agent, conversation, UUID.randomUUID(), "Please tell", impression, second, 1L))
                .actual();

        assertThat(refusal.code()).isEqualTo(ProblemCode.THREAD_MOVED_ON);
        assertThat(decisions().size()).isEqualTo(0);
        assertThat(conversations.lastMessages(conversation, 10).size()).isEqualTo(2);
    }
}
