package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin asks something before the chat; a customer answers, and an agent reads it. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class FormPageTest extends BrowserTest {
    @Test
    void what_a_site_asks_is_answered_before_the_first_message_and_read_by_agents() throws IOException {
        Axe axe = new Axe();
        AdminPage grace = admin().goTo("Websites");
        Page page = grace.page();
        Locator card = page.getByRole(AriaRole.REGION).filter(new Locator.FilterOptions().setHasText(site));
        assertThat(card).containsText("Nothing is asked.");
        card.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Edit · Questions before the chat: Corner shop"))
                .click();
        Locator dialog = page.getByRole(
                AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Questions before the chat: Corner shop"));
        dialog.getByLabel("Ask before the first message").check();
        dialog.getByLabel("Required: 1. Name").check();
        Locator add = dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add a field"));
        add.click();
        add.click();
        dialog.getByLabel("Question in English").nth(2).fill("Order number");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Move up: 3. Order number"))
                .click();
        dialog.getByText("Show the preview").click();
        // The chat beside them asks the same before anything is saved.
        assertThat(dialog.frameLocator("iframe").getByLabel("Order number (optional)"))
                .isVisible();
        axe.looksAt(page, "questions before the chat");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save"))
                .click();
        assertThat(card).containsText("Name, Order number, E-mail address");

        Page wei = newBrowser();
        wei.navigate("/widget/?site=" + site);
        ConsolePage.button(wei, "Start the chat").click();
        assertThat(wei.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("One field")))
                .isVisible();
        assertThat(wei.getByLabel("Your name")).isFocused();
        axe.looksAt(wei, "a form with a mistake");
        wei.keyboard().type("Wei Zhang");
        wei.getByLabel("Order number (optional)").fill("4711");
        wei.keyboard().press("Enter");
        CustomerPage customer = new CustomerPage(wei);
        assertThat(customer.writing()).isFocused();
        customer.says("Has my oolong arrived?");

        ConsolePage ada = agent("Ada").opens("Has my oolong arrived?");
        Locator answers =
                ada.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Asked before the chat"));
        assertThat(answers).containsText("Order number");
        assertThat(answers).containsText("4711");
        assertThat(ada.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Wei Zhang")))
                .isVisible();
        wei.reload();
        assertThat(customer.message("Has my oolong arrived?")).isVisible();
        assertThat(customer.writing()).isVisible();
        Assertions.assertThat(axe.found()).isEmpty();
    }
}
