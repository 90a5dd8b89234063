package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin tries a website's chat as its customers would. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class TestPageTest extends BrowserTest {
    private static void choose(Page page, String what, String option) {
        page.getByRole(
                        AriaRole.COMBOBOX,
                        new Page.GetByRoleOptions().setName(what).setExact(true))
                .selectOption(new SelectOption().setLabel(option));
    }

    private static FrameLocator shop(Page page) {
        return page.frameLocator("iframe[title='The test page']");
    }

    private static FrameLocator chat(Page page) {
        return shop(page).frameLocator("iframe");
    }

    private static void says(Page page, String text) {
        Locator writing = chat(page).getByRole(AriaRole.TEXTBOX);
        writing.fill(text);
        writing.press("Enter");
        assertThat(chat(page).getByRole(AriaRole.LOG)).containsText("Sent");
    }

    @Test
    void what_an_admin_writes_on_the_test_page_arrives_in_the_console_and_is_answered() throws IOException {
        sites.renewIdentitySecret(sites.byKey(site).orElseThrow().id(), Duration.ZERO);
        Axe axe = new Axe();
        Page page = admin().goTo("Websites").page();
        page.getByRole(AriaRole.REGION)
                .filter(new Locator.FilterOptions().setHasText(site))
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Try it on a test page: Corner shop"))
                .click();
        assertThat(page.getByText("This is a real conversation")).isVisible();
        // The chat's button is fixed to the corner of its page, which browsers do not scroll to.
        page.locator("iframe").scrollIntoViewIfNeeded();
        shop(page)
                .getByRole(
                        AriaRole.BUTTON,
                        new FrameLocator.GetByRoleOptions().setName("Open chat").setExact(true))
                .click();
        says(page, "Is this a test?");
        ConsolePage ada = agent("Ada").opens("Is this a test?");
        assertThat(ada.page().getByText("test_page")).isVisible();
        ada.answers("It is.");
        assertThat(chat(page).getByRole(AriaRole.LOG)).containsText("It is.");
        axe.looksAt(page, "the test page");

        choose(page, "Language of the page", "العربية (right to left)");
        assertThat(shop(page).locator("html")).hasAttribute("dir", "rtl");
        assertThat(chat(page).locator("html")).hasAttribute("dir", "rtl");
        assertThat(chat(page).getByRole(AriaRole.LOG)).containsText("It is.");
        choose(page, "Language of the page", "中文");
        choose(page, "Look of the page", "Dark");
        choose(page, "Width", "Phone");
        assertThat(chat(page).locator("html")).hasCSS("color-scheme", "dark");
        assertThat(chat(page).getByRole(AriaRole.TEXTBOX)).hasAttribute("placeholder", "请输入消息…");
        axe.looksAt(page, "the test page, dark and narrow");

        choose(page, "Language of the page", "English");
        choose(page, "Customer", "A signed-in customer");
        assertThat(chat(page).getByRole(AriaRole.LOG)).not().containsText("It is.");
        says(page, "Do you know me?");
        ada.opens("Do you know me?");
        assertThat(ada.page()
                        .getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Test customer"))
                        .first())
                .isVisible();

        choose(page, "Customer", "A visitor");
        ConsolePage.button(page, "Begin as a new visitor").click();
        assertThat(chat(page).getByRole(AriaRole.TEXTBOX)).isVisible();
        assertThat(chat(page).getByRole(AriaRole.LOG)).not().containsText("It is.");
        Assertions.assertThat(axe.found()).isEmpty();
    }

    @Test
    void an_agent_and_a_stranger_are_shown_no_test_page() {
        String address = "/admin/#/sites/" + sites.byKey(site).orElseThrow().id() + "/test";
        Page ada = agent("Ada").page();
        ada.navigate(address);
        assertThat(ada.getByText("This page is for admins.")).isVisible();
        Page stranger = newBrowser();
        stranger.navigate(address);
        assertThat(ConsolePage.button(stranger, "Sign in")).isVisible();
        for (Page page : new Page[] {ada, stranger}) {
            assertThat(page.locator("iframe")).hasCount(0);
            // By itself, the page in it is nothing.
            page.navigate("/test-page/");
            assertThat(page).hasTitle("Test page");
            assertThat(page.locator("replyloop-chat")).hasCount(0);
        }
    }
}
