package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
        assertThat(ConsolePage.button(page, "中文")).isVisible();
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
        ConsolePage.button(page, "Forgot your password?").click();
        assertThat(ConsolePage.button(page, "Send the link")).isVisible();
        axe.looksAtWindow(page, "console, forgotten password");

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

    @Test
    void both_sides_of_the_demo() {
        Page page = newBrowser();
        page.navigate("/demo");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This page belongs to the demo");
        axe.looksAtWindow(page, "demo, on another server");

        // As on a demo, whose pages may be framed.
        page.route("**/api/demo", route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
        for (String side : List.of("shop", "console")) {
            page.route(
                    "**/" + side + "/",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("text/html")
                            .setBody("<!doctype html><html lang=en><title>" + side + "</title><main aria-label='" + side
                                    + "'><h1>Side: " + side + "</h1></main></html>")));
        }
        AtomicInteger asked = new AtomicInteger();
        page.route(
                "**/api/demo/customers",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(asked.getAndIncrement() == 0 ? 204 : 409)));
        page.reload();
        assertThat(page.frameLocator("[title='Demo shop']").getByText("Side: shop"))
                .isVisible();
        assertThat(page.frameLocator("[title='Agent console']").getByText("Side: console"))
                .isVisible();
        ConsolePage.button(page, "Have a few customers come").click();
        assertThat(page.getByText("Four customers come, one after the other.")).isVisible();
        axe.looksAt(page, "demo");
        ConsolePage.button(page, "Have a few customers come").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();

        page.route(
                "**/api/demo/tour*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"first\": \"Is it wrapped?\", \"again\": \"Is it pretty?\","
                                + " \"conversation\": \"" + UUID.randomUUID() + "\"}")));
        Locator start = ConsolePage.button(page, "Two-minute tour");
        start.click();
        Locator tour = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Tour"));
        Locator heading = tour.getByRole(AriaRole.HEADING);
        assertThat(heading).hasText("1 of 6: Sign in");
        assertThat(heading).isFocused();
        ConsolePage.button(page, "Skip this step").click();
        assertThat(tour).containsText("Is it wrapped?");
        axe.looksAt(page, "demo with its tour");
        ConsolePage.button(page, "Have the customer ask").click();
        assertThat(heading).hasText("3 of 6: You decide");
        assertThat(heading).isFocused();
        ConsolePage.button(page, "Leave the tour").click();
        assertThat(tour).hasCount(0);
        assertThat(start).isFocused();

        page.setViewportSize(390, 844);
        ConsolePage.button(page, "Demo shop").click();
        assertThat(page.getByTitle("Agent console")).isHidden();
        ConsolePage.button(page, "Agent console").click();
        assertThat(page.getByTitle("Agent console")).isVisible();
        assertThat(page.getByTitle("Demo shop")).isHidden();
        ConsolePage.button(page, "中文").click();
        axe.glancesAt(page, "demo in Chinese");
    }
}
