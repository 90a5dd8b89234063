package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin erases a customer; whoever had the conversation open sees it go. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class ErasureTest extends BrowserTest {
    @Test
    void a_customer_is_erased_from_the_console_and_the_proof_names_nobody() {
        CustomerPage wei = customer().says("Please forget me, I am Wei Zhang");
        ConsolePage ada = agent("Ada").opens("Please forget me, I am Wei Zhang");
        assertThat(ConsolePage.button(ada.page(), "Erase this customer…")).hasCount(0);
        ConsolePage grace = new ConsolePage(newBrowser())
                .signIn(account("Grace", Role.ADMIN), PASSWORD)
                .opens("Please forget me, I am Wei Zhang");

        ConsolePage.button(grace.page(), "Erase this customer…").click();
        Locator dialog = grace.page()
                .getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Erase this customer for good?"));
        Locator erase = dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Erase for good"));
        dialog.getByLabel("Reason, without personal data").fill("Asked for by mail");
        erase.click();
        assertThat(dialog).isVisible();
        dialog.getByLabel("I understand that this cannot be undone").check();
        erase.click();

        assertThat(grace.page().getByText("This conversation was erased.")).isVisible();
        assertThat(grace.inboxRow("Please forget me, I am Wei Zhang")).hasCount(0);
        assertThat(ada.page().getByText("This conversation was erased.")).isVisible();
        assertThat(ada.inboxRow("Please forget me, I am Wei Zhang")).hasCount(0);
        assertThat(wei.page().getByText("Please forget me, I am Wei Zhang")).hasCount(0);
        wei.says("Who am I?");
        ada.opens("Who am I?");

        Locator proof = admin().goTo("Privacy")
                .page()
                .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("What was erased"))
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("Asked for by mail"));
        assertThat(proof).containsText("messages and events: 1");
        assertThat(proof).not().containsText("Wei");
    }

    @Test
    void a_time_after_which_nobody_is_erased_now_is_saved_at_once() {
        AdminPage grace = admin().goTo("Privacy");
        Locator resolved = grace.page().getByLabel("Resolved conversations, days");
        resolved.fill("3650");

        grace.button("How many would that be?").click();
        assertThat(grace.page().getByText("Nothing would be erased now.")).isVisible();
        grace.button("Save").click();
        assertThat(grace.page().getByText("Saved.")).isVisible();

        grace.page().reload();
        assertThat(resolved).hasValue("3650");
        resolved.fill("");
        grace.button("Save").click();
        assertThat(grace.page().getByText("Saved.")).isVisible();
    }
}
