package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import io.replyloop.site.SiteSettings;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page that the administration opens with. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class OverviewPageTest extends AccessibilityTest {
    @Inject
    Session database;

    @Inject
    TestChat chat;

    @BeforeEach
    void nobodyHasOpenedAWidget() {
        QuarkusTransaction.requiringNew().run(() -> {
            database.createNativeMutationQuery("delete from site_sighting").executeUpdate();
            database.createNativeMutationQuery("delete from first_steps_put_away")
                    .executeUpdate();
        });
    }

    @Test
    void the_first_steps_tick_themselves_and_figures_are_those_of_the_report() throws IOException {
        chat.silentConversation("How high does a kite fly?");
        Page page = newBrowser();
        page.navigate("/admin/");
        ConsolePage.fillSignIn(page, account("Grace", Role.ADMIN), PASSWORD);
        AdminPage grace = new AdminPage(page);
        assertThat(grace.heading("Overview")).isVisible();
        Locator snippet = page.getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("Put the line into your pages"));
        assertThat(snippet).containsText("This step is done when");
        assertThat(tile(page, "Conversations begun")).isVisible();
        axe.looksAt(page, "overview with first steps");

        try (OtherSite shop = new OtherSite()) {
            String key = sites.create(new SiteSettings("Kites", List.of(shop.origin()), null, "", "", false))
                    .key();
            Page visitor = newBrowser();
            shop.visitedBy(
                    visitor,
                    "<body><script src='" + server + "loader.js' data-site='" + key + "' async></script></body>");
            ConsolePage.button(visitor, "Open chat").click();
            assertThat(visitor.frameLocator("iframe").getByRole(AriaRole.TEXTBOX))
                    .isVisible();
        }
        assertThat(snippet).containsText("(done)");

        ConsolePage.button(page, "Put away").click();
        Locator opener = ConsolePage.button(page, "Show the first steps");
        assertThat(opener).isFocused();
        page.reload();
        assertThat(opener).isVisible();
        assertThat(snippet).isHidden();
        ConsolePage.button(page, "中文").click();
        assertThat(tile(page, "新对话")).isVisible();
        axe.glancesAt(page, "overview in Chinese");
        ConsolePage.button(page, "English").click();
        opener.click();
        assertThat(snippet).containsText("(done)");

        ConsolePage.button(page, "30 days").click();
        assertThat(page).hasURL(Pattern.compile("#/overview/\\?days=30"));
        assertThat(page.getByText("Counting…")).isHidden();
        String begun = number(tile(page, "Conversations begun"));
        tile(page, "Conversations begun").click();
        assertThat(page.getByText(begun + " conversations began in this period.")
                        .or(page.getByText(begun + " conversation began in this period.")))
                .isVisible();
        axe.glancesAt(page, "reports with conversations");
    }

    private static Locator tile(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    private static String number(Locator tile) {
        Matcher found = Pattern.compile("begun\\s*([0-9,]+)").matcher(tile.innerText());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
