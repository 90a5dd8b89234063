package io.replyloop.feedback;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.Posted;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FeedbackServiceTest {
    @Inject
    FeedbackService feedback;

    @Inject
    ConversationService conversations;

    @Inject
    KnowledgeService knowledge;

    @Inject
    KnowledgeFeed feed;

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
        conversation = chat.silentConversation("Hello", "Where is my parcel?");
        impression = chat.impression(conversation, List.of(first, second), List.of(unshown));
    }

    @AfterEach
    void nothingStaysPublished() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
    }

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

    @Test
    void a_rejection_has_a_reason_and_is_stored_once() {
        UUID id = UUID.randomUUID();

        Rejected rejected = feedback.reject(agent, id, impression, first, "outdated", " We changed the carrier. ");
        feedback.reject(agent, id, impression, first, "outdated", "We changed the carrier.");
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);

        assertThat(rejected.conversation()).isEqualTo(conversation);
        Decision decision = decisions().get(0);
        assertThat(decisions().size()).isEqualTo(1);
        assertThat(decision.outcome).isEqualTo(Outcome.REJECTED);
        assertThat(decision.reason).isEqualTo("outdated");
        assertThat(decision.comment).isEqualTo("We changed the carrier.");
        assertThat(decision.position).isEqualTo(1);
    }

    @Test
    void after_a_rejection_the_agent_still_answers() {
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);
        send("Please tell us your order number.", impression, second);

        assertThat(decisions().size()).isEqualTo(2);
    }

    @Test
    void only_what_says_that_a_reply_is_no_answer_speaks_against_it_next_time() throws SQLException {
        feedback.reject(agent, UUID.randomUUID(), impression, first, "tone", null);
        feedback.reject(agent, UUID.randomUUID(), impression, second, "wrong", null);
        assertThat(rejectedForGood()).isEqualTo(List.of(second));

        ReplyView reply = knowledge.get(second);
        ReplyDraft draft = new ReplyDraft(null, "Other", reply.text(), "en", List.of(), null, reply.version());
        knowledge.update(second, draft, null);
        assertThat(rejectedForGood()).as("the text is the same").isEqualTo(List.of(second));
        draft = new ReplyDraft(null, "Other", "Your order number?", "en", List.of(), null, reply.version() + 1);
        knowledge.update(second, draft, null);
        assertThat(rejectedForGood()).isEqualTo(List.of());
    }

    @Test
    void what_has_answered_the_same_after_all_is_no_longer_rejected() throws SQLException {
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);
        feedback.reject(agent, UUID.randomUUID(), impression, second, "other", null);
        send("A parcel to Zanzibar travels for twelve days.", impression, first);

        assertThat(rejectedForGood()).isEqualTo(List.of(second));
    }

    /** The replies of this test against which a rejection speaks. */
    private List<UUID> rejectedForGood() throws SQLException {
        List<UUID> rejected = new ArrayList<>();
        feed.read(-1, Long.MAX_VALUE, 0, new KnowledgeFeed.Reader() {
            @Override
            public void published(
                    UUID reply, int version, String title, String text, String language, String category) {}

            @Override
            public void withdrawn(UUID reply) {}

            @Override
            public void answered(long id, UUID reply, AnsweredQuestion question) {}

            @Override
            public void rejected(long id, UUID reply, AnsweredQuestion question) {
                rejected.add(reply);
            }
        });
        rejected.retainAll(List.of(first, second));
        return rejected;
    }

    @Test
    void a_rejection_that_makes_no_sense_is_refused_with_a_reason() {
        UUID used = UUID.randomUUID();
        feedback.reject(agent, used, impression, first, "wrong", null);

        assertThat(refused(used, impression, second, "wrong", null)).isEqualTo(ProblemCode.CONFLICT);
        assertThat(refused(UUID.randomUUID(), UUID.randomUUID(), first, "wrong", null))
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refused(UUID.randomUUID(), impression, unshown, "wrong", null))
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refused(UUID.randomUUID(), impression, second, "ugly", null)).isEqualTo(ProblemCode.INVALID);
        assertThat(refused(UUID.randomUUID(), impression, second, "tone", "x".repeat(2_001)))
                .isEqualTo(ProblemCode.TEXT_TOO_LONG);
        assertThat(decisions().size()).isEqualTo(1);
    }

    @Test
    void the_summary_counts_what_agents_did_and_how_high_the_right_reply_stood() {
        FeedbackSummary before = feedback.summary();
        send("A parcel to Zanzibar travels for twelve days.", impression, first);
        answerAnother("Please tell us your order number.", second);
        answerAnother("You can pay by invoice.", null);
        answerAnother("My own words", null);
        answerAnother("You can pay by invoice.", unshown);
        feedback.reject(agent, UUID.randomUUID(), impression, second, "other", null);

        FeedbackSummary after = feedback.summary();

        assertThat(after.impressions()).isEqualTo(before.impressions() + 4);
        assertThat(after.decisions()).isEqualTo(before.decisions() + 6);
        assertThat(after.sent()).isEqualTo(before.sent() + 2);
        assertThat(after.ownText())
                .as("a reply that was looked up was no suggestion")
                .isEqualTo(before.ownText() + 3);
        assertThat(after.rejected()).isEqualTo(before.rejected() + 1);
        assertThat(after.edited()).isEqualTo(before.edited());
        long known = knownReplies();
        // First, second, and twice third but not shown: 1 of 4, 2 of 4, and the mean of 1, 1/2, 1/3 and 1/3.
        assertThat(after.acceptAt1() * known).isCloseTo(before.acceptAt1() * (known - 4) + 1, within(1e-6));
        assertThat(after.acceptAt3() * known).isCloseTo(before.acceptAt3() * (known - 4) + 2, within(1e-6));
        assertThat(after.mrr() * known).isCloseTo(before.mrr() * (known - 4) + 13 / 6.0, within(1e-6));
    }

    @Test
    void only_admins_see_the_summary() {
        as(team.newMember(Role.ADMIN)).get("/api/feedback/summary").then().statusCode(200);
        as(team.newMember(Role.AGENT)).get("/api/feedback/summary").then().statusCode(403);
        nobody().get("/api/feedback/summary").then().statusCode(401);
    }

    private void answerAnother(String text, UUID reply) {
        UUID other = chat.silentConversation("Another question");
        UUID shown = chat.impression(other, List.of(first, second), List.of(unshown));
        feedback.send(agent, other, UUID.randomUUID(), text, shown, reply, null);
    }

    private Posted send(String text, UUID shown, UUID reply) {
        return feedback.send(agent, conversation, UUID.randomUUID(), text, shown, reply, null);
    }

    private ProblemCode refused(UUID id, UUID shown, UUID reply, String reason, String comment) {
        return assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> feedback.reject(agent, id, shown, reply, reason, comment))
                .actual()
                .code();
    }

    private List<Decision> decisions() {
        return decisions(impression);
    }

    private static List<Decision> decisions(UUID impression) {
        return QuarkusTransaction.requiringNew().call(() -> Decision.list("impressionId", impression));
    }

    private static long knownReplies() {
        return QuarkusTransaction.requiringNew()
                .call(() -> Decision.count("outcome <> ?1 and replyId is not null", Outcome.REJECTED));
    }
}
