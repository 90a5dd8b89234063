package io.replyloop.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.identity.Role;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DraftServiceTest {
    private static final String LAPTOP = "laptop";
    private static final String PHONE = "phone";

    @Inject
    DraftService drafts;

    @Inject
    DraftRows rows;

    @Inject
    ConversationService conversations;

    @Inject
    Event<DraftChanged> changed;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private UUID agent;
    private UUID conversation;

    @BeforeEach
    void anAgentAndAConversation() {
        agent = team.newMember(Role.AGENT).agent().id();
        conversation = chat.silentConversation("Hello");
    }

    /** @return the version */
    private UUID saves(String client, UUID base, long secondsAgo, String text) {
        return saves(client, base, secondsAgo, "reply", text, null);
    }

    private UUID saves(String client, UUID base, long secondsAgo, String mode, String text, DraftText aside) {
        UUID version = UUID.randomUUID();
        DraftContent content = new DraftContent(mode, text, null, null, null);
        drafts.save(
                agent,
                conversation,
                new DraftSave(version, client, base, Duration.ofSeconds(secondsAgo), content, aside));
        return version;
    }

    private DraftView there() {
        return drafts.find(agent, conversation).orElseThrow();
    }

    @Test
    void what_follows_on_what_was_known_takes_its_place() {
        UUID first = saves(LAPTOP, null, 0, "It is");
        UUID second = saves(PHONE, first, 0, "On its way");

        assertThat(there().id()).isEqualTo(second);
        assertThat(there().content().text()).isEqualTo("On its way");
        assertThat(there().aside()).isNull();
    }

    @Test
    void of_two_that_did_not_know_of_each_other_the_newer_stays_and_the_other_is_put_aside() {
        saves(LAPTOP, null, 60, "From the laptop");
        saves(PHONE, null, 0, "From the phone");

        assertThat(there().content().text()).isEqualTo("From the phone");
        assertThat(there().aside()).isEqualTo(new DraftText("reply", "From the laptop"));

        UUID offline = saves("tablet", null, 3_600, "note", "Typed in the train", null);

        assertThat(there().content().text()).isEqualTo("From the phone");
        assertThat(there().client()).isEqualTo(PHONE);
        assertThat(there().aside()).isEqualTo(new DraftText("note", "From the laptop\n\nTyped in the train"));
        UUID settled = saves(PHONE, offline, 0, "reply", "From the phone", null);
        assertThat(there().id()).isEqualTo(settled);
        assertThat(there().aside()).isNull();
    }

    @Test
    void nothing_is_put_aside_that_the_text_contains_or_that_is_empty() {
        saves(LAPTOP, null, 60, "It is on");
        saves(PHONE, null, 0, "It is on its way");
        assertThat(there().aside()).isNull();

        saves(LAPTOP, null, 0, "");
        assertThat(there().content().text()).isEqualTo("It is on its way");
        assertThat(there().aside()).isNull();
    }

    @Test
    void a_tab_that_writes_on_before_it_was_answered_is_in_no_conflict_and_loses_nothing_put_aside() {
        saves(PHONE, null, 60, "From the phone");
        saves(LAPTOP, null, 0, "Dear");
        saves(LAPTOP, null, 0, "Deer");

        assertThat(there().content().text()).isEqualTo("Deer");
        assertThat(there().aside()).isEqualTo(new DraftText("reply", "From the phone"));
    }

    @Test
    void it_goes_with_the_message_and_what_another_device_wrote_meanwhile_stays() {
        UUID first = saves(LAPTOP, null, 0, "It is");
        UUID second = saves(PHONE, first, 0, "It is lost");
        drafts.sent(agent, conversation, first);
        assertThat(there().content().text()).isEqualTo("It is lost");

        saves(LAPTOP, first, 0, "Wholly different");
        assertThat(there().aside()).isEqualTo(new DraftText("reply", "It is lost"));
        drafts.sent(agent, conversation, there().id());
        assertThat(there().content()).isEqualTo(DraftContent.EMPTY);
        assertThat(there().aside()).isEqualTo(new DraftText("reply", "It is lost"));

        saves(LAPTOP, there().id(), 0, "");
        assertThat(drafts.find(agent, conversation)).isEmpty();
        drafts.sent(agent, conversation, second);
        assertThat(drafts.find(agent, conversation)).isEmpty();
    }

    @Test
    void an_empty_one_is_none() {
        saves(LAPTOP, null, 0, " \n");
        assertThat(drafts.find(agent, conversation)).isEmpty();
    }

    @Test
    void a_conversation_that_is_unknown_has_none() {
        conversation = UUID.randomUUID();

        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> saves(LAPTOP, null, 0, "Hello"))
                .actual();

        assertThat(problem.code()).isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void of_an_agent_only_so_many_are_kept_and_those_can_still_be_changed() {
        drafts = new DraftService(rows, conversations, keepsOne(), null, changed);
        UUID first = QuarkusTransaction.requiringNew().call(() -> saves(LAPTOP, null, 0, "One"));
        UUID full = conversation;
        conversation = chat.silentConversation("Hello");

        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> saves(LAPTOP, null, 0, "Two")))
                .actual();

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID);
        assertThat(problem).hasMessageContaining("at most 1 drafts");
        conversation = full;
        QuarkusTransaction.requiringNew().run(() -> saves(LAPTOP, first, 0, "One and a half"));
        QuarkusTransaction.requiringNew()
                .run(() -> assertThat(there().content().text()).isEqualTo("One and a half"));
    }

    private static DraftConfig keepsOne() {
        return new DraftConfig() {
            @Override
            public int most() {
                return 1;
            }

            @Override
            public Duration kept() {
                return Duration.ofDays(90);
            }

            @Override
            public String look() {
                return "1h";
            }
        };
    }

    @Test
    void one_that_nobody_has_touched_for_months_is_deleted() {
        saves(LAPTOP, null, Duration.ofDays(91).toSeconds(), "Old");
        UUID old = conversation;
        conversation = chat.silentConversation("Hello");
        saves(LAPTOP, null, Duration.ofDays(89).toSeconds(), "Not so old");

        drafts.deleteOld();

        assertThat(drafts.find(agent, old)).isEmpty();
        assertThat(there().content().text()).isEqualTo("Not so old");
    }

    @Test
    void what_is_put_aside_has_an_end() {
        DraftText older = new DraftText("reply", "x".repeat(30));
        DraftText newer = new DraftText("note", "😀".repeat(10));

        DraftText joined = DraftText.joined(older, newer, 15);

        assertThat(joined).isEqualTo(new DraftText("note", "xxx\n\n" + "😀".repeat(10)));
    }
}
