package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a question that nobody could answer to a reply that is suggested. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class UnansweredTest extends BrowserTest {
    private static final String SECTION = "Unanswered questions";
    private static final String ANSWER = "Yes, parrots are welcome if they sit on your shoulder.";

    @Inject
    Team team;

    @Inject
    KnowledgeService knowledge;

    /** What others have asked would be put beside it, and what others have published be suggested. */
    @BeforeEach
    void nothingElseWasAskedOrPublished() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
        team.sql(
                "update impression set created_at = now() - interval '200 days' where id is distinct from :value",
                UUID.randomUUID());
    }

    @Test
    void what_nobody_could_answer_becomes_a_reply_and_leaves_the_list() throws IOException {
        String question = "Can I bring my parrot into the shop?";
        ConsolePage ada = agent("Ada");
        CustomerPage wei = customer().says(question);
        ada.opens(question);
        // Only what has been looked for can have been found wanting.
        assertThat(ada.page().getByText("No reply in the knowledge base fits well enough."))
                .isVisible();
        ada.answers(ANSWER);
        assertThat(wei.message(ANSWER)).isVisible();

        AdminPage grace = admin().goTo(SECTION);
        Locator group = group(grace.page(), question);
        assertThat(group).containsText("1 question");
        assertThat(group).containsText(ANSWER);
        Axe axe = new Axe();
        axe.looksAt(grace.page(), "unanswered questions");
        group.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Write a reply: " + question))
                .click();
        Locator form = grace.page().getByRole(AriaRole.DIALOG);
        assertThat(form.getByLabel("Title")).hasValue(question);
        assertThat(form.getByLabel("Text").first()).hasValue(ANSWER);
        axe.looksAtWindow(grace.page(), "a reply from unanswered questions");
        grace.button("Publish").click();

        assertThat(group).isHidden();
        assertThat(axe.found()).isEqualTo(List.of());
        customer().says("Can my parrot come into the shop?");
        ada.opens("Can my parrot come into the shop?");
        assertThat(ada.suggestion(question)).isVisible();
    }

    @Test
    void a_group_is_set_aside_and_taken_back() throws IOException {
        String question = "Which lawyer represents you in the hamster trial?";
        ConsolePage ada = agent("Ada");
        customer().says(question);
        ada.opens(question);
        assertThat(ada.page().getByText("No reply in the knowledge base fits well enough."))
                .isVisible();
        AdminPage grace = admin().goTo(SECTION);
        Locator group = group(grace.page(), question);

        group.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Not for the knowledge base…"))
                .click();
        Axe axe = new Axe();
        axe.looksAtWindow(grace.page(), "why a group is set aside");
        grace.page().getByLabel("Why").fill("Nobody but our lawyers");
        grace.page().keyboard().press("Enter");

        assertThat(group).isHidden();
        grace.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Set aside ("))
                .click();
        Locator decision = grace.page()
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("Nobody but our lawyers"));
        assertThat(decision).containsText(question);
        axe.looksAt(grace.page(), "groups that were set aside");
        decision.getByRole(AriaRole.BUTTON).click();
        assertThat(group).isVisible();
        assertThat(axe.found()).isEqualTo(List.of());
    }

    @Test
    void what_an_agent_wrote_becomes_a_reply_unless_it_is_one() {
        String question = "Do you mend accordions?";
        String answer = "We mend accordions every Tuesday.";
        ConsolePage grace = new ConsolePage(newBrowser()).signIn(account("Grace", Role.ADMIN), PASSWORD);
        customer().says(question);
        grace.opens(question).answers(answer);
        Locator message = grace.message(answer);
        message.hover();

        Page admin = grace.page()
                .waitForPopup(() -> message.getByRole(
                                AriaRole.LINK, new Locator.GetByRoleOptions().setName("Make this a reply: " + answer))
                        .click());
        Locator form = admin.getByRole(AriaRole.DIALOG);
        assertThat(form.getByLabel("Title")).hasValue(question);
        assertThat(form.getByLabel("Text").first()).hasValue(answer);
        ConsolePage.button(admin, "Publish").click();
        assertThat(form).isHidden();
        assertThat(admin.getByText(answer)).isVisible();

        ConsolePage.button(grace.page(), "Resolve").click();
        Page again = grace.page()
                .waitForPopup(() -> grace.page()
                        .getByRole(
                                AriaRole.LINK,
                                new Page.GetByRoleOptions()
                                        .setName("Make this a reply")
                                        .setExact(true))
                        .click());
        Locator second = again.getByRole(AriaRole.DIALOG);
        assertThat(second.getByRole(AriaRole.STATUS)).containsText("There is a reply with this text");
        second.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Open this one: " + question))
                .click();
        assertThat(again.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Edit reply")))
                .isVisible();
    }

    @Test
    void agents_make_no_replies() {
        ConsolePage ada = agent("Ada");
        customer().says("Do you sell kazoos?");
        ada.opens("Do you sell kazoos?").answers("Only on Fridays.");

        assertThat(ada.message("Only on Fridays.")).isVisible();
        assertThat(ada.page().getByText("Make this a reply")).hasCount(0);
    }

    private static Locator group(Page page, String question) {
        return page.getByRole(AriaRole.MAIN)
                .getByRole(AriaRole.LISTITEM, new Locator.GetByRoleOptions().setName(question));
    }
}
