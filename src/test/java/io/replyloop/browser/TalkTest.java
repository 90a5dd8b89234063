package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes with a message beside its words: short answers, colleagues who are named. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class TalkTest extends BrowserTest {
    @Inject
    KnowledgeService knowledge;

    private static Locator choices(CustomerPage customer) {
        return customer.thread().getByRole(AriaRole.GROUP, new Locator.GetByRoleOptions().setName("Short answers"));
    }

    private static Locator choice(CustomerPage customer, String answer) {
        return choices(customer)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(answer).setExact(true));
    }

    private static Locator inboxButton(ConsolePage console, Pattern name) {
        return console.inbox().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    private static Locator savedViews(ConsolePage console) {
        return console.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Your saved views"));
    }

    private static Locator inSavedViews(ConsolePage console, String name) {
        return savedViews(console)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void a_customer_answers_with_a_click_once_in_whatever_tab() {
        CustomerPage wei = customer().says("My kettle has not come");
        ConsolePage ada = agent("Ada").opens("My kettle has not come");
        ConsolePage.button(ada.page(), "Offer short answers").click();
        Locator field =
                ada.page().getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Short answer to offer"));
        assertThat(field).isFocused();
        for (String answer : new String[] {"Yes, it has", "No", "还没有"}) {
            field.fill(answer);
            field.press("Enter");
            assertThat(ConsolePage.button(ada.page(), "Remove “" + answer + "”"))
                    .isVisible();
        }
        ConsolePage.button(ada.page(), "Remove “No”").click();
        assertThat(ConsolePage.button(ada.page(), "Remove “No”")).hasCount(0);
        field.press("Enter");
        assertThat(ada.editor()).isFocused();
        ada.editor().fill("Is the kettle there now?");
        ada.editor().press("Enter");

        assertThat(field).hasCount(0);
        assertThat(ada.message("Is the kettle there now?")).containsText("Short answers: Yes, it has · 还没有");
        CustomerPage again = new CustomerPage(wei.page().context().newPage()).open(site);
        assertThat(choice(again, "还没有")).isVisible();
        choice(wei, "Yes, it has").press("Enter");

        assertThat(choices(wei)).hasCount(0);
        assertThat(wei.message("Yes, it has")).containsText(Pattern.compile("Sent|Read"));
        assertThat(wei.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Messages")))
                .isFocused();
        assertThat(choices(again)).hasCount(0);
        assertThat(again.message("Yes, it has")).isVisible();
        // What was offered, and what was chosen of it.
        assertThat(ada.message("Yes, it has")).hasCount(2);
        wei.page().reload();
        assertThat(wei.message("Yes, it has")).hasCount(1);
        assertThat(choices(wei)).hasCount(0);
    }

    @Test
    void a_reply_brings_the_answers_that_it_offers_and_the_agent_may_change_them() {
        String code = "k" + UUID.randomUUID().toString().substring(0, 6);
        List<String> choices = List.of("It has come", "Not yet", "Never mind");
        ReplyDraft draft =
                new ReplyDraft(null, "Kettles", "Has kettle " + code + " come?", "en", List.of(), code, choices, null);
        knowledge.publish(knowledge.create(draft, null).id(), null);
        CustomerPage wei = customer().says("Where is kettle " + code);
        ConsolePage ada = agent("Ada").opens("Where is kettle " + code);

        ada.editor().fill("/" + code);
        assertThat(ada.page().getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText(code)))
                .hasCount(1);
        ada.editor().press("Enter");
        assertThat(ada.editor()).hasValue(draft.text());
        ConsolePage.button(ada.page(), "Remove “Never mind”").click();
        assertThat(ConsolePage.button(ada.page(), "Remove “Never mind”")).hasCount(0);
        ada.editor().press("Enter");

        assertThat(ada.message(draft.text())).containsText("Short answers: It has come · Not yet");
        assertThat(choices(wei).getByRole(AriaRole.BUTTON)).hasText(new String[] {"It has come", "Not yet"});
        // The answer has made it hers, and the customer reads so.
        assertThat(ConsolePage.button(ada.page(), "Release")).isVisible();
        choice(wei, "Not yet").click();
        assertThat(wei.message("Not yet")).containsText(Pattern.compile("Sent|Read"));
    }

    @Test
    void a_colleague_who_is_named_in_a_note_finds_it() {
        String name = "Zoe " + UUID.randomUUID().toString().substring(0, 8);
        ConsolePage zoe = new ConsolePage(newBrowser()).signIn(account(name, Role.AGENT), PASSWORD);
        customer().says("My vase is broken");
        ConsolePage ada = agent("Ada").opens("My vase is broken");

        ConsolePage.button(ada.page(), "Note").click();
        Locator note = ada.page()
                .getByRole(
                        AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Write a note. Customers never see it."));
        note.pressSequentially("Do you know this vase, @" + name.toLowerCase().substring(0, 8));
        Locator offered = ada.page().getByRole(AriaRole.LISTBOX, new Page.GetByRoleOptions().setName("Colleagues"));
        assertThat(offered.getByRole(AriaRole.OPTION)).containsText(new String[] {name});
        note.press("Enter");
        assertThat(note).hasValue("Do you know this vase, @" + name + " ");
        note.press("Enter");
        assertThat(ada.message("@" + name)).isVisible();

        inboxButton(zoe, Pattern.compile("^Mentions me 1$")).click();
        assertThat(zoe.inboxRow("My vase is broken")).containsText("Mentions you");
        zoe.opens("My vase is broken");
        assertThat(zoe.thread().locator(".mention.me")).hasText("@" + name);
        assertThat(inboxButton(zoe, Pattern.compile("^Mentions me 0$"))).isVisible();
        assertThat(zoe.inboxRow("My vase is broken")).not().containsText("Mentions you");
    }

    @Test
    void a_saved_view_is_renamed_and_a_deleted_one_comes_back() {
        ConsolePage ada = agent("Ada");
        ConsolePage.button(ada.page(), "Filter").click();
        Locator name =
                savedViews(ada).getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("Name of the view"));
        name.fill("Vases");
        name.press("Enter");
        assertThat(inSavedViews(ada, "Vases")).isVisible();

        savedViews(ada)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Rename: Vases"))
                .click();
        Locator title =
                savedViews(ada).getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("New name: Vases"));
        assertThat(title).isFocused();
        title.fill("Vases and cups");
        title.press("Enter");
        assertThat(inSavedViews(ada, "Vases and cups")).isVisible();
        assertThat(inSavedViews(ada, "Vases")).hasCount(0);

        savedViews(ada)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete: Vases and cups"))
                .click();
        assertThat(savedViews(ada).getByText("“Vases and cups” is deleted.")).isVisible();
        assertThat(inSavedViews(ada, "Vases and cups")).hasCount(0);
        inSavedViews(ada, "Undo").click();
        assertThat(inSavedViews(ada, "Vases and cups")).isVisible();
        ada.page().reload();
        ConsolePage.button(ada.page(), "Filter").click();
        assertThat(inSavedViews(ada, "Vases and cups")).isVisible();
    }
}
