package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A customer is blocked and let in again; a site's secret is replaced. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class TakingAccessBackTest extends BrowserTest {
    @Test
    void an_agent_blocks_a_customer_whose_page_says_so_and_an_admin_lets_them_in_again() {
        CustomerPage wei = customer().says("Buy cheap watches!");
        ConsolePage ada = agent("Ada").opens("Buy cheap watches!");
        wei.writing().fill("Really cheap!");
        ConsolePage.button(ada.page(), "Block this customer…").click();
        ConsolePage.button(ada.page(), "Block").click();
        assertThat(ada.page().getByText("This customer is blocked.")).isVisible();
        assertThat(ada.page().locator(".thread-header")).containsText("blocked");
        assertThat(ada.inboxRow("Buy cheap watches!")).containsText("blocked");
        Locator told = wei.page().getByText("This chat is closed: the team takes no more messages from you.");
        assertThat(told).isVisible();
        assertThat(wei.writing()).hasCount(0);
        assertThat(wei.page().getByText("Next try")).hasCount(0);
        assertThat(wei.page().getByText("Really cheap!")).isVisible();
        Locator tryNow = ConsolePage.button(wei.page(), "Try now");
        tryNow.click();
        assertThat(tryNow).isVisible();
        assertThat(told).isVisible();

        AdminPage grace = admin().goTo("Websites");
        Locator line = grace.page()
                .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Blocked customers"))
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("by Ada"));
        line.getByRole(AriaRole.BUTTON).click();
        assertThat(line).hasCount(0);

        assertThat(ada.page().locator(".thread-header")).not().containsText("blocked");
        tryNow.click();
        assertThat(told).isHidden();
        assertThat(wei.writing()).hasValue("Really cheap!");
        wei.writing().press("Enter");
        assertThat(ada.message("Really cheap!")).isVisible();
    }

    @Test
    void a_secret_in_use_is_replaced_only_when_the_admin_says_so_and_counts_for_as_long_as_they_say() {
        AdminPage grace = admin().goTo("Websites");
        Locator card = grace.page().locator("section").filter(new Locator.FilterOptions().setHasText(site));
        Locator makeSecret =
                card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Make a new secret"));
        makeSecret.click();
        assertThat(card).containsText("This secret is shown once.");
        String first = card.locator(".snippet code").nth(1).textContent();

        makeSecret.click();
        ConsolePage.button(grace.page(), "Cancel").click();
        assertThat(card.locator(".snippet code").nth(1)).hasText(first);
        makeSecret.click();
        grace.button("Replace it").click();
        assertThat(card).containsText("The old secret counts, too, until");
        assertThat(card.locator(".snippet code").nth(1)).not().hasText(first);
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("End it now"))
                .click();
        assertThat(card).not().containsText("The old secret counts, too");

        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("End all customers’ access…"))
                .click();
        grace.button("End it").click();
        assertThat(card).containsText("has been ended.");
    }
}
