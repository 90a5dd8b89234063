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
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyView;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several people of one team at the same conversation, and one person twice at the same answer. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class HandoverTest extends BrowserTest {
    /** The visible buttons that are too small for a finger. */
    private static final String SMALL_TARGETS = "() => [...document.querySelectorAll('button, a.button')]"
            + ".filter(each => each.checkVisibility())"
            + ".filter(each => { const box = each.getBoundingClientRect(); return box.width < 44 || box.height < 44; })"
            + ".map(each => each.textContent)";

    @Inject
    KnowledgeService knowledge;

    @Test
    void what_a_colleague_holds_is_told_in_both_languages_and_an_admin_takes_it_over() {
        customer().says("My umbrella leaks.");
        ConsolePage ada = agent("Ada").opens("My umbrella leaks.");
        ConsolePage bob = agent("Bob").opens("My umbrella leaks.");
        ConsolePage.button(ada.page(), "Take").click();
        assertThat(ConsolePage.button(ada.page(), "Release")).isVisible();
        assertThat(bob.thread()).containsText("Ada took the conversation");

        ConsolePage.button(bob.page(), "Take").click();
        assertThat(bob.page().getByRole(AriaRole.ALERT)).containsText("A colleague holds this conversation.");
        ConsolePage.button(bob.page(), "Close").click();
        ConsolePage.button(bob.page(), "中文").click();
        ConsolePage.button(bob.page(), "接手").click();
        assertThat(bob.page().getByRole(AriaRole.ALERT)).containsText("此对话由同事负责。");
        assertThat(ConsolePage.button(ada.page(), "Release")).isVisible();

        ConsolePage grace = new ConsolePage(newBrowser()).signIn(account("Grace", Role.ADMIN), PASSWORD);
        grace.opens("My umbrella leaks.");
        ConsolePage.button(grace.page(), "Take over").click();
        Locator question = grace.page().getByRole(AriaRole.DIALOG);
        assertThat(question).containsText("Take this conversation from Ada?");
        assertThat(ConsolePage.button(ada.page(), "Release")).isVisible();
        question.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take over"))
                .click();

        assertThat(ConsolePage.button(grace.page(), "Release")).isVisible();
        assertThat(ada.thread()).containsText("Grace took the conversation");
        assertThat(ConsolePage.button(ada.page(), "Take")).isVisible();
    }

    @Test
    void a_suggestion_that_is_sent_leaves_no_copy_in_the_editor_but_own_words_stay() {
        AdminPage grace = admin().checksImport(
                        "umbrellas.jsonl",
                        "{\"label\": \"umbrella\", \"title\": \"Repair of umbrellas\","
                                + " \"text\": \"We mend umbrellas within a week.\","
                                + " \"questions\": [\"Do you repair umbrellas?\"]}\n"
                                + "{\"label\": \"kettle\", \"title\": \"Repair of kettles\","
                                + " \"text\": \"Kettles are mended by their makers.\","
                                + " \"questions\": [\"Can my kettle be repaired?\"]}\n");
        grace.importWindow()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Import").setExact(true))
                .click();
        assertThat(grace.importWindow()).containsText("Imported.");
        CustomerPage wei = customer().says("Do you repair umbrellas?");
        ConsolePage ada = agent("Ada").opens("Do you repair umbrellas?");
        Locator suggestion = ada.suggestion("Repair of umbrellas");
        button(suggestion, "Edit").click();
        assertThat(ada.editor()).hasValue("We mend umbrellas within a week.");

        button(suggestion, "Send").click();

        assertThat(wei.message("We mend umbrellas")).hasCount(1);
        assertThat(ada.editor()).hasValue("");

        wei.says("Can my kettle be repaired?");
        assertThat(ada.message("Can my kettle be repaired?")).isVisible();
        ada.editor().fill("Of course, bring it along.");
        button(ada.suggestion("Repair of kettles"), "Send").click();

        assertThat(wei.message("Kettles are mended")).hasCount(1);
        assertThat(ada.editor()).hasValue("Of course, bring it along.");

        wei.says("Do you repair umbrellas by Friday?");
        // Until then the suggestions are those for the kettle.
        assertThat(ada.page()
                        .getByRole(AriaRole.COMPLEMENTARY)
                        .getByRole(AriaRole.LISTITEM)
                        .first())
                .containsText("Repair of umbrellas");
        button(suggestion, "Does not fit").click();
        assertThat(suggestion.getByText("Wrong answer")).isFocused();
        suggestion.getByText("Outdated").click();
        assertThat(ada.page().locator(".suggestion.rejected")).isFocused();
    }

    @Test
    void a_colleagues_answer_holds_mine_back_where_i_write_it_and_nothing_typed_is_lost() {
        CustomerPage wei = customer().says("When does my parrot arrive?");
        ConsolePage ada = agent("Ada").opens("When does my parrot arrive?");
        ConsolePage bob = agent("Bob").opens("When does my parrot arrive?");
        ada.editor().fill("On Monday");

        bob.answers("It arrives on Tuesday.");
        assertThat(ada.message("It arrives on Tuesday.")).isVisible();
        ada.editor().press("Enter");

        assertThat(ada.warning()).containsText("Bob: It arrives on Tuesday.");
        assertThat(wei.thread()).not().containsText("On Monday");
        ConsolePage.button(ada.page(), "Back to the editor").click();
        assertThat(ada.editor()).hasValue("On Monday");
        assertThat(ada.editor()).isFocused();
        ada.editor().press("Enter");
        assertThat(wei.message("On Monday")).hasCount(1);
        assertThat(ada.warning()).hasCount(0);
    }

    @Test
    void a_shortcode_is_never_sent_by_accident_and_its_reply_is() {
        ReplyView reply = knowledge.create(
                new ReplyDraft(null, "Owls", "Owls sleep by day.", "en", List.of(), "owls", null), null);
        knowledge.publish(reply.id(), null);
        CustomerPage wei = customer().says("My owl does not move.");
        ConsolePage ada = agent("Ada").opens("My owl does not move.");

        ada.editor().pressSequentially("/ow");
        assertThat(ada.page().getByRole(AriaRole.LISTBOX).getByRole(AriaRole.OPTION))
                .containsText(new String[] {"/owls"});
        ada.editor().press("ArrowDown");
        ada.editor().press("Enter");
        assertThat(ada.editor()).hasValue("Owls sleep by day.");
        ada.editor().press("Enter");
        assertThat(wei.message("Owls sleep by day.")).hasCount(1);

        ada.editor().fill("/owlz");
        ada.editor().press("Enter");
        assertThat(ada.warning()).containsText("/owlz");
        ada.editor().fill("/home/owls");
        assertThat(ada.warning()).hasCount(0);
        ada.editor().press("Enter");
        assertThat(wei.message("/home/owls")).hasCount(1);
        assertThat(wei.thread()).not().containsText("/owlz");
        knowledge.archive(reply.id(), null);
    }

    @Test
    void an_empty_console_has_a_heading_and_on_a_phone_room_for_fingers_and_letters_that_are_not_magnified() {
        customer().says("Can you hear me?");
        ConsolePage ada = agent("Ada");
        Page page = ada.page();
        assertThat(page.getByRole(AriaRole.MAIN)).hasCount(1);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Choose a conversation");
        page.keyboard().press("Control+k");
        page.keyboard().type("enter");
        assertThat(page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.COMBOBOX)).hasValue("enter");
        page.keyboard().press("Escape");

        page.setViewportSize(390, 844);
        assertThat(page.getByRole(AriaRole.MAIN, new Page.GetByRoleOptions().setName("Inbox")))
                .isVisible();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Inbox");
        ada.opens("Can you hear me?");
        assertThat(page.getByRole(AriaRole.MAIN)).hasCount(1);
        page.locator(".context-toggle").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Suggestions");
        page.locator(".context-close").click();
        assertThat(page.evaluate(SMALL_TARGETS)).isEqualTo(List.of());
        assertThat(ada.editor()).hasCSS("font-size", "16px");
        ConsolePage.button(page, "Back to the inbox").click();
        assertThat(ada.inbox()).isVisible();
        page.waitForFunction("() => document.activeElement !== document.body");
        assertThat(page.evaluate(SMALL_TARGETS)).isEqualTo(List.of());
    }

    private static Locator button(Locator suggestion, String act) {
        return suggestion.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(act + ": "));
    }
}
