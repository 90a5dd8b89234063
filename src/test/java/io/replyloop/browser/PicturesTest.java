package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What pages look like, compared with pictures that are kept, see src/docs/adr/0141. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class PicturesTest extends BrowserTest {
    private static final ColorScheme LIGHT = ColorScheme.LIGHT;
    private static final ColorScheme DARK = ColorScheme.DARK;

    private final StillWorld world = new StillWorld();

    @Test
    void doors() {
        Page page = world.seenBy("nobody", newBrowser(), 1280, 720, LIGHT);
        world.at(page, "/console/");
        assertThat(ConsolePage.button(page, "Sign in")).isVisible();
        new KeptPicture("sign-in").isSeenOn(page);

        page = world.seenBy("nobody", newBrowser(), 390, 700, DARK);
        world.at(page, "/");
        assertThat(page.getByRole(AriaRole.MAIN)).isVisible();
        new KeptPicture("landing-narrow-dark").isSeenOn(page);
    }

    @Test
    void administration() {
        Page page = world.seenBy("Grace", newBrowser(), 1280, 720, LIGHT);
        admin(page, "knowledge/r1", "Knowledge base");
        assertThat(page.getByLabel("Title")).hasValue("Delivery times");
        new KeptPicture("knowledge").isSeenOn(page);
        admin(page, "overview", "Overview");
        assertThat(page.locator(".tile").first()).isVisible();
        new KeptPicture("overview").isSeenOn(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(DARK));
        admin(page, "users", "People");
        assertThat(page.getByText("Ben Bright")).isVisible();
        new KeptPicture("people-dark").isSeenOn(page);

        page = world.seenBy("Grace", newBrowser(), 390, 844, DARK);
        admin(page, "overview", "Overview");
        assertThat(page.locator(".tile").first()).isVisible();
        new KeptPicture("overview-narrow-dark").isSeenOn(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(LIGHT));
        admin(page, "knowledge", "Knowledge base");
        assertThat(page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Replies"))
                        .getByRole(AriaRole.LISTITEM))
                .hasCount(6);
        new KeptPicture("knowledge-narrow").isSeenOn(page);
        ConsolePage.button(page, "Sections").click();
        assertThat(page.getByRole(AriaRole.NAVIGATION)).isVisible();
        new KeptPicture("sections-narrow").isSeenOn(page);
    }

    @Test
    void console() {
        Page page = world.seenBy("Ada", newBrowser(), 1280, 720, LIGHT);
        console(page);
        assertThat(page.locator(".suggestions > li")).hasCount(3);
        new KeptPicture("console").isSeenOn(page);

        page = world.seenBy("Ada", newBrowser(), 1024, 768, DARK);
        console(page);
        new KeptPicture("console-dark").isSeenOn(page);

        page = world.seenBy("Ada", newBrowser(), 390, 844, LIGHT);
        world.at(page, "/console/");
        assertThat(row(page)).isVisible();
        new KeptPicture("inbox-narrow").isSeenOn(page);
        row(page).click();
        assertThat(page.getByRole(AriaRole.LOG)).containsText("Norway");
        new KeptPicture("thread-narrow").isSeenOn(page);
    }

    @Test
    void widget() {
        Page page = world.seenBy("visitor", newBrowser(), 390, 640, LIGHT);
        world.at(page, "/widget/?site=shop");
        assertThat(page.getByRole(AriaRole.LISTITEM).first()).isVisible();
        new KeptPicture("widget-welcome").isSeenOn(page);

        page = world.seenBy("customer", newBrowser(), 390, 640, LIGHT);
        world.at(page, "/widget/?site=shop");
        assertThat(page.getByRole(AriaRole.LOG)).containsText("five days");
        new KeptPicture("widget").isSeenOn(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(DARK));
        new KeptPicture("widget-dark").isSeenOn(page);
    }

    private void admin(Page page, String section, String heading) {
        // The same page at another section would stay as it is.
        page.navigate("about:blank");
        world.at(page, "/admin/#/" + section);
        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(heading).setLevel(1)))
                .isVisible();
    }

    private void console(Page page) {
        world.at(page, "/console/");
        row(page).click();
        assertThat(page.getByRole(AriaRole.LOG)).containsText("Norway");
    }

    private static Locator row(Page page) {
        return page.locator(".lines").getByText("Norway").first();
    }
}
