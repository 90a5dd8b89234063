package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class DoorsAccessibilityTest extends AccessibilityTest {
    @Test
    void doors_of_the_house() {
        Page page = newBrowser();
        page.navigate("/");
        axe.looksAt(page, "landing page");
        ConsolePage.button(page, "中文").click();
        axe.glancesAt(page, "landing page in Chinese");
        ConsolePage.button(page, "English").click();

        page.navigate("/console/");
        assertThat(ConsolePage.button(page, "Sign in")).isVisible();
        axe.looksAt(page, "console, sign-in");
        ConsolePage.fillSignIn(page, account("Ada", Role.AGENT), "not the password");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        axe.looksAtWindow(page, "console, wrong password");

        page.navigate("/admin/");
        ConsolePage.fillSignIn(page, account("Ada", Role.AGENT), PASSWORD);
        assertThat(page.getByText("This page is for admins.")).isVisible();
        axe.looksAtWindow(page, "administration, for admins only");

        page.navigate("/setup/?token=used");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        axe.looksAtWindow(page, "setup with an old link");
        // There are users already, so no link is valid any more: as if one were.
        page.route("**/api/setup?*", route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
        page.reload();
        assertThat(page.getByLabel("Password")).isVisible();
        axe.looksAt(page, "setup");
        ConsolePage.button(page, "中文").click();
        axe.glancesAt(page, "setup in Chinese");
    }
}
