package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.singlesignon.CompanyProvider;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class SingleSignOnPageTest extends AccessibilityTest {
    private AdminPage grace;

    /** What all other tests sign in with. */
    @AfterEach
    void passwordsAlone() {
        if (grace != null) {
            grace.page()
                    .evaluate("fetch('/api/single-sign-on', { method: 'DELETE', headers: { 'X-Replyloop': '1' } })");
        }
    }

    @Test
    void an_admin_sets_it_up_and_a_colleague_comes_in_through_it() {
        grace = admin().goTo("Sign-in");
        Page page = grace.page();
        axe.looksAt(page, "sign-in, without a provider");
        String own = page.url().replaceAll("/admin.*", "");
        String name = "p" + UUID.randomUUID();
        try (CompanyProvider company = CompanyProvider.start(own)) {
            company.hasPerson(
                    name, Map.of("email", name + "@company.example", "email_verified", true, "name", "Ada Lovelace"));
            assertThat(page.getByText(own + "/api/session/single-sign-on/enter"))
                    .isVisible();
            page.getByLabel("Address of the provider").fill(company.issuer() + "/elsewhere");
            page.getByLabel("Client id").fill(CompanyProvider.CLIENT);
            page.getByLabel("Client secret").fill(CompanyProvider.SECRET);
            page.getByLabel("Name on the button").fill("Example Ltd");
            grace.button("Check and save").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Address of the provider");
            axe.looksAt(page, "sign-in, refused");
            page.getByLabel("Address of the provider").fill(company.issuer());
            grace.button("Check and save").click();
            assertThat(page.getByText("Saved: the provider answers")).isVisible();
            assertThat(page.getByLabel("Client secret")).hasValue("");
            assertThat(page.getByLabel("Who may sign in with a password").locator("option[value=nobody]"))
                    .hasAttribute("disabled", "");
            axe.looksAt(page, "sign-in, with a provider");

            Page adas = newBrowser();
            adas.navigate(own + "/console/");
            Locator way =
                    adas.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Example Ltd"));
            assertThat(way).isVisible();
            assertThat(adas.getByLabel("Password")).isVisible();
            axe.looksAt(adas, "door with single sign-on");
            way.click();
            // The page of the provider.
            adas.getByPlaceholder("Enter any login").fill(name);
            adas.getByPlaceholder("and password").fill("any");
            adas.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign-in"))
                    .click();
            assertThat(new ConsolePage(adas).inbox()).isVisible();
            assertThat(adas.getByRole(
                            AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Your account: Ada Lovelace")))
                    .isVisible();

            Page strangers = newBrowser();
            strangers.navigate(own + "/console/?single-sign-on=no-group");
            assertThat(strangers.getByRole(AriaRole.ALERT)).containsText("You are in none of the groups");
            // Said once, and not kept in the address.
            assertThat(strangers).hasURL(own + "/console/");
        }
    }
}
