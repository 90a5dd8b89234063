package io.replyloop.feedback;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void aSuggestionSentAsItIsIsRememberedAsAnAnswer() {
        Posted posted = send("Please tell us your order number.", impression, second);

        Decision decision = decisions().get(0);
        assertEquals(posted.event().clientId(), decision.id);
        assertEquals(Outcome.SENT, decision.outcome);
        assertEquals(second, decision.replyId);
        assertEquals(2, decision.position);
        assertEquals(0, decision.editDistance);
        ReplyView reply = knowledge.get(second);
        assertEquals(1, reply.questions());
        assertEquals(1, reply.shown());
        assertEquals(1, reply.sent());
        assertEquals(0, knowledge.get(first).questions());
    }

    @Test
    void aRepeatedSendIsOneMessageAndOneDecision() {
        UUID id = UUID.randomUUID();
        String text = "Please tell us your order number.";

        Posted once = feedback.send(agent, conversation, id, text, impression, second, null);
        Posted again = feedback.send(agent, conversation, id, text, impression, second, null);

        assertFalse(once.repeated());
        assertTrue(again.repeated());
        assertEquals(once.event().sequence(), again.event().sequence());
        assertEquals(1, decisions().size());
        assertEquals(1, knowledge.get(second).questions());
    }

    @Test
    void anEditIsMeasuredAndALightOneRemembered() {
        send("Please tell me your order number.", impression, second);

        Decision decision = decisions().get(0);
        assertEquals(Outcome.EDITED, decision.outcome);
        assertEquals(2, decision.editDistance);
        assertEquals("Please tell me your order number.", decision.textSent);
        assertEquals(1, knowledge.get(second).questions());
    }

    @Test
    void aRewrittenSuggestionIsNotRemembered() {
        send("Sorry, but we never received anything from you.", impression, second);

        assertEquals(Outcome.EDITED, decisions().get(0).outcome);
        assertEquals(0, knowledge.get(second).questions());
    }

    @Test
    void ownWordsAreStoredAsSuch() {
        send("One moment, I will look.", impression, null);

        Decision decision = decisions().get(0);
        assertEquals(Outcome.OWN_TEXT, decision.outcome);
        assertEquals(null, decision.replyId);
        assertEquals("One moment, I will look.", decision.textSent);
    }

    @Test
    void aReplyTypedOutIsTheRightOneWhereverItStood() {
        send("you can pay by  invoice.", impression, null);

        Decision decision = decisions().get(0);
        assertEquals(Outcome.OWN_TEXT, decision.outcome);
        assertEquals(unshown, decision.replyId);
        assertEquals(3, decision.position);
        assertEquals(1, knowledge.get(unshown).questions());
    }

    @Test
    void ofTwoAnswersTheFirstCountsAndBothAreSent() {
        send("Please tell us your order number.", impression, second);
        Posted late = send("A parcel to Zanzibar travels for twelve days.", impression, first);

        assertFalse(late.repeated());
        assertEquals(
                List.of(second), decisions().stream().map(each -> each.replyId).toList());
        assertEquals(4, conversations.lastMessages(conversation, 10).size());
    }

    @Test
    void twoTabsAtTheSameMomentLoseNothing() throws Exception {
        List<Callable<Posted>> tabs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tabs.add(() -> send("Please tell us your order number.", impression, second));
        }
        var threads = Executors.newFixedThreadPool(8);
        for (Future<Posted> each : threads.invokeAll(tabs)) {
            assertFalse(each.get().repeated());
        }
        threads.shutdown();

        assertEquals(1, decisions().size());
        assertEquals(10, conversations.lastMessages(conversation, 20).size());
    }

    @Test
    void anImpressionThatIsNoneOfThisConversationNeverHoldsUpTheMessage() {
        UUID other = chat.silentConversation("Another customer");
        UUID foreign = chat.impression(other, List.of(first), List.of());

        send("To the wrong one", foreign, first);
        send("To nothing", UUID.randomUUID(), first);

        assertEquals(0, decisions().size());
        assertEquals(4, conversations.lastMessages(conversation, 10).size());
    }

    @Test
    void aReplyThatWasNotSuggestedCountsAsOwnWords() {
        send("Something", impression, UUID.randomUUID());

        assertEquals(Outcome.OWN_TEXT, decisions().get(0).outcome);
    }

    @Test
    void aCannedReplyThatWasNotSuggestedIsRememberedAsItIsAndLightlyEdited() {
        UUID canned = chat.published("Our shop is open from nine to five on every working day.");
        send("Our shop is open from nine to five on every working day!", impression, canned);

        Decision decision = decisions().get(0);
        assertEquals(canned, decision.replyId);
        assertEquals(Outcome.OWN_TEXT, decision.outcome);
        assertEquals(1, decision.editDistance);
        assertEquals(1, knowledge.get(canned).questions());
        assertEquals(1, knowledge.get(canned).sent());
        assertEquals(0, knowledge.get(first).questions());

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
        assertEquals(canned, decisions(shown).get(0).replyId);
        assertEquals(2, knowledge.get(canned).questions());
    }

    @Test
    void aCannedReplyOfWhichLittleIsLeftIsNoAnswerThatIsRemembered() {
        UUID canned = chat.published("Our shop is open from nine to five on every working day.");

        send("I am afraid that we are closed until the second of January.", impression, canned);

        assertEquals(canned, decisions().get(0).replyId);
        assertEquals(0, knowledge.get(canned).questions());
    }

    @Test
    void whereTheModelsWereUnsureTheAnswerIsLearnedWithoutAnythingOnScreen() {
        UUID unsure = chat.silentConversation("Do you ship to the moon?");
        UUID empty = chat.impression(unsure, List.of(), List.of(first));

        feedback.send(agent, unsure, UUID.randomUUID(), "Not yet.", null, null, null);

        assertEquals(Outcome.OWN_TEXT, decisions(empty).get(0).outcome);
    }

    @Test
    void suggestionsThatWereNotOnScreenAreNotPassedOver() {
        send("I did not see any", null, null);

        assertEquals(0, decisions().size());
    }

    @Test
    void aMessageThatIsRefusedDecidesNothing() {
        Problem refusal = assertThrows(
                Problem.class,
                () -> feedback.send(agent, conversation, UUID.randomUUID(), "Please tell", impression, second, 1L));

        assertEquals(ProblemCode.THREAD_MOVED_ON, refusal.code());
        assertEquals(0, decisions().size());
        assertEquals(2, conversations.lastMessages(conversation, 10).size());
    }

    @Test
    void aRejectionHasAReasonAndIsStoredOnce() {
        UUID id = UUID.randomUUID();

        Rejected rejected = feedback.reject(agent, id, impression, first, "outdated", " We changed the carrier. ");
        feedback.reject(agent, id, impression, first, "outdated", "We changed the carrier.");
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);

        assertEquals(conversation, rejected.conversation());
        Decision decision = decisions().get(0);
        assertEquals(1, decisions().size());
        assertEquals(Outcome.REJECTED, decision.outcome);
        assertEquals("outdated", decision.reason);
        assertEquals("We changed the carrier.", decision.comment);
        assertEquals(1, decision.position);
    }

    @Test
    void afterARejectionTheAgentStillAnswers() {
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);
        send("Please tell us your order number.", impression, second);

        assertEquals(2, decisions().size());
    }

    @Test
    void onlyWhatSaysThatAReplyIsNoAnswerSpeaksAgainstItNextTime() throws SQLException {
        feedback.reject(agent, UUID.randomUUID(), impression, first, "tone", null);
        feedback.reject(agent, UUID.randomUUID(), impression, second, "wrong", null);
        assertEquals(List.of(second), rejectedForGood());

        ReplyView reply = knowledge.get(second);
        ReplyDraft draft = new ReplyDraft(null, "Other", reply.text(), "en", List.of(), null, reply.version());
        knowledge.update(second, draft, null);
        assertEquals(List.of(second), rejectedForGood(), "the text is the same");
        draft = new ReplyDraft(null, "Other", "Your order number?", "en", List.of(), null, reply.version() + 1);
        knowledge.update(second, draft, null);
        assertEquals(List.of(), rejectedForGood());
    }

    @Test
    void whatHasAnsweredTheSameAfterAllIsNoLongerRejected() throws SQLException {
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);
        feedback.reject(agent, UUID.randomUUID(), impression, second, "other", null);
        send("A parcel to Zanzibar travels for twelve days.", impression, first);

        assertEquals(List.of(second), rejectedForGood());
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
    void aRejectionThatMakesNoSenseIsRefusedWithAReason() {
        UUID used = UUID.randomUUID();
        feedback.reject(agent, used, impression, first, "wrong", null);

        assertEquals(ProblemCode.CONFLICT, refused(used, impression, second, "wrong", null));
        assertEquals(ProblemCode.NOT_FOUND, refused(UUID.randomUUID(), UUID.randomUUID(), first, "wrong", null));
        assertEquals(ProblemCode.NOT_FOUND, refused(UUID.randomUUID(), impression, unshown, "wrong", null));
        assertEquals(ProblemCode.INVALID, refused(UUID.randomUUID(), impression, second, "ugly", null));
        assertEquals(
                ProblemCode.TEXT_TOO_LONG, refused(UUID.randomUUID(), impression, second, "tone", "x".repeat(1_001)));
        assertEquals(1, decisions().size());
    }

    @Test
    void theSummaryCountsWhatAgentsDidAndHowHighTheRightReplyStood() {
        FeedbackSummary before = feedback.summary();
        send("A parcel to Zanzibar travels for twelve days.", impression, first);
        answerAnother("Please tell us your order number.", second);
        answerAnother("You can pay by invoice.", null);
        answerAnother("My own words", null);
        answerAnother("You can pay by invoice.", unshown);
        feedback.reject(agent, UUID.randomUUID(), impression, second, "other", null);

        FeedbackSummary after = feedback.summary();

        assertEquals(before.impressions() + 4, after.impressions());
        assertEquals(before.decisions() + 6, after.decisions());
        assertEquals(before.sent() + 2, after.sent());
        assertEquals(before.ownText() + 3, after.ownText(), "a reply that was looked up was no suggestion");
        assertEquals(before.rejected() + 1, after.rejected());
        assertEquals(before.edited(), after.edited());
        long known = knownReplies();
        // First, second, and twice third but not shown: 1 of 4, 2 of 4, and the mean of 1, 1/2, 1/3 and 1/3.
        assertEquals(before.acceptAt1() * (known - 4) + 1, after.acceptAt1() * known, 1e-6);
        assertEquals(before.acceptAt3() * (known - 4) + 2, after.acceptAt3() * known, 1e-6);
        assertEquals(before.mrr() * (known - 4) + 13 / 6.0, after.mrr() * known, 1e-6);
    }

    @Test
    void onlyAdminsSeeTheSummary() {
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
        return assertThrows(Problem.class, () -> feedback.reject(agent, id, shown, reply, reason, comment))
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
