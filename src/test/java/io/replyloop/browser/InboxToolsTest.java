package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.KeyboardModifier;
import com.microsoft.playwright.options.SelectOption;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.InboxAct;
import io.replyloop.conversation.InboxActs;
import io.replyloop.conversation.LabelColour;
import io.replyloop.conversation.Labels;
import io.replyloop.conversation.People;
import io.replyloop.conversation.Priority;
import io.replyloop.identity.SignedInAgent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What keeps the inbox in order, by mouse and by keyboard. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class InboxToolsTest extends BrowserTest {
    @Inject
    ConversationService conversations;

    @Inject
    InboxActs acts;

    @Inject
    Labels labels;

    @Inject
    People people;

    private static Locator view(ConsolePage console, String name) {
        return console.inbox()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name + " [\\d,]+$")));
    }

    private static Locator dialog(ConsolePage console, String name) {
        return console.page().getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator sorting(ConsolePage console) {
        return console.page().getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Sort this conversation"));
    }

    private static void filterBy(ConsolePage console, String label) {
        ConsolePage.button(console.page(), "Filter").click();
        console.inbox()
                .getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Label"))
                .selectOption(new SelectOption().setLabel(label));
    }

    @Test
    void an_agent_sorts_a_conversation_by_keys_and_the_customer_sees_nothing_of_it() {
        AdminPage grace = admin().goTo("Labels");
        grace.button("Add a label").click();
        String label = "Refund " + site;
        grace.page().getByLabel("Name").fill(label);
        grace.page().getByLabel("Colour").selectOption("teal");
        grace.button("Save").click();
        assertThat(grace.page().getByText(label)).isVisible();

        CustomerPage wei = customer().says("My tea is cold");
        ConsolePage ada = agent("Ada").opens("My tea is cold");
        ConsolePage ben = agent("Ben");
        ada.page().keyboard().press("l");
        dialog(ada, "Labels").getByLabel(label).check();
        dialog(ada, "Labels").getByRole(AriaRole.BUTTON).click();
        assertThat(ada.thread()).containsText("Ada added the label " + label);
        ada.page().keyboard().press("p");
        dialog(ada, "How soon?").getByText("Urgent").click();
        assertThat(ada.thread()).containsText("Ada set the priority to Urgent");
        assertThat(sorting(ada)).containsText(label);

        filterBy(ben, label);
        assertThat(ben.inboxRow("My tea is cold")).containsText("Urgent");
        ben.page().getByLabel("Name of the view").fill("Refunds");
        ConsolePage.button(ben.page(), "Save").click();
        ConsolePage.button(ben.page(), "Show all").click();
        ConsolePage.button(ben.page(), "Refunds").click();
        assertThat(ben.inbox().getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("My tea")))
                .hasCount(1);

        ada.page().keyboard().press("z");
        dialog(ada, "Put off until when?").getByText("In an hour").click();
        assertThat(ada.thread()).containsText("Ada put it off until");
        assertThat(ben.inboxRow("My tea is cold")).hasCount(0);
        view(ben, "Snoozed").click();
        assertThat(ben.inboxRow("My tea is cold")).containsText("until");
        wei.says("And now it is spilt");
        assertThat(ben.inboxRow("And now it is spilt")).hasCount(0);
        view(ben, "All open").click();
        assertThat(ben.inboxRow("And now it is spilt")).isVisible();

        ada.page().bringToFront();
        assertThat(ada.message("And now it is spilt")).isVisible();
        ada.page().keyboard().press("s");
        assertThat(ada.thread()).containsText("Ada marked it as spam");
        assertThat(ben.inboxRow("And now it is spilt")).hasCount(0);
        view(ben, "Spam").click();
        ben.opens("And now it is spilt");
        ConsolePage.button(ben.page(), "Not spam").click();
        assertThat(ada.thread()).containsText("Ben marked it as no spam");

        assertThat(wei.page().getByText("Urgent")).hasCount(0);
        assertThat(wei.page().getByText(label)).hasCount(0);
        assertThat(wei.message("And now it is spilt")).isVisible();
    }

    @Test
    void several_are_chosen_and_done_at_once_and_the_next_one_opens_after_resolving() {
        SignedInAgent agent = people.agent("Carol");
        String label = "Batch " + site;
        UUID batch = labels.create(label, LabelColour.BLUE).id();
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            String text = "Case " + i + " of " + site;
            texts.add(text);
            UUID conversation = conversations
                    .customerMessage(people.customer("Customer " + i), UUID.randomUUID(), text)
                    .event()
                    .conversation();
            acts.act(agent, conversation, UUID.randomUUID(), InboxAct.label(batch, true));
            if (i == 4) {
                acts.act(agent, conversation, UUID.randomUUID(), InboxAct.priority(Priority.URGENT));
            }
            if (i == 5) {
                // Only an admin may put back what somebody else holds.
                conversations.take(agent, conversation, UUID.randomUUID());
            }
        }
        ConsolePage ada = agent("Ada");
        Page page = ada.page();
        filterBy(ada, label);
        ConsolePage.button(page, "Close").click();
        Locator rows = ada.inbox().getByRole(AriaRole.LISTITEM);
        assertThat(rows).hasCount(5);
        ada.inbox()
                .getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Order"))
                .selectOption("priority");
        assertThat(rows.first()).containsText(texts.get(3));

        rows.nth(1)
                .getByRole(AriaRole.BUTTON)
                .click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.CONTROL)));
        rows.nth(4)
                .getByRole(AriaRole.BUTTON)
                .click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
        Locator bulk =
                page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("With the chosen conversations"));
        assertThat(bulk).containsText("4 conversations chosen");
        bulk.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Take").setExact(true))
                .click();
        assertThat(bulk).containsText("1 conversation was left as it is:");
        assertThat(bulk).containsText("1 conversation chosen");
        assertThat(rows.filter(new Locator.FilterOptions().setHasText("You"))).hasCount(3);
        bulk.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();

        page.keyboard().press("?");
        page.getByLabel("Open the next conversation after resolving one").check();
        ConsolePage.button(page, "Close").last().click();
        ada.opens(texts.get(0));
        page.keyboard().press("e");
        assertThat(ada.message(texts.get(1))).isVisible();
        ada.editor().fill("still being written");
        page.keyboard().press("Escape");
        page.keyboard().press("e");
        assertThat(ada.thread()).containsText("Resolved by Ada");
        assertThat(ada.editor()).hasValue("still being written");
    }
}
