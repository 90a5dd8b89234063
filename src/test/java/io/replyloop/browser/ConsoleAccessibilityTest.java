package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class ConsoleAccessibilityTest extends AccessibilityTest {
    @Test
    void console() {
        AdminPage grace = admin().checksImport("tandem.jsonl", KNOWLEDGE);
        grace.button("Import the good lines only").click();
        assertThat(grace.importWindow()).containsText("Imported.");
        ConsolePage ada = agent("Ada");
        axe.looksAt(ada.page(), "console, nothing chosen");

        CustomerPage wei = customer().says("How many lights has a tandem?");
        ada.opens("How many lights has a tandem?");
        assertThat(ada.suggestion("Lights of a tandem")).isVisible();
        ada.notes("Is new here");
        assertThat(ada.message("Is new here")).isVisible();
        axe.looksAt(ada.page(), "console with a conversation and suggestions");
        ConsolePage.button(ada.page(), "中文").click();
        axe.glancesAt(ada.page(), "console in Chinese");
        ConsolePage.button(ada.page(), "English").click();

        ConsolePage.button(ada.page(), "Reply").click();
        ada.editor().fill("Own words");
        Locator suggestion = ada.suggestion("Lights of a tandem");
        suggestionButton(suggestion, "Edit").click();
        assertThat(ada.page().getByRole(AriaRole.DIALOG)).isVisible();
        axe.looksAtWindow(ada.page(), "console, a text stands in the way");
        ConsolePage.button(ada.page(), "Cancel").click();
        suggestionButton(suggestion, "Does not fit").click();
        axe.looksAt(ada.page(), "console, why it is rejected");

        ada.page().keyboard().press("Control+k");
        assertThat(ada.page().getByRole(AriaRole.LISTBOX)).isVisible();
        axe.looksAtWindow(ada.page(), "console, palette");
        ada.page().keyboard().press("Escape");
        assertThat(ada.page().getByRole(AriaRole.DIALOG)).hasCount(0);
        ConsolePage.button(ada.page(), "Keyboard shortcuts").click();
        assertThat(ada.page().getByRole(AriaRole.DIALOG)).isVisible();
        axe.looksAtWindow(ada.page(), "console, shortcuts");
        ada.page().keyboard().press("Escape");
        // It gives the focus back as it goes, which must not happen in the middle of the next entry.
        assertThat(ada.page().getByRole(AriaRole.DIALOG)).hasCount(0);

        // A line of the inbox shows a begun answer in place of the last message.
        ada.editor().fill("");
        ada.page().reload();
        ada.opens("How many lights has a tandem?");
        suggestionButton(suggestion, "Send").click();
        assertThat(wei.message("A tandem has two lights.")).isVisible();
        ConsolePage.button(ada.page(), "Resolve").click();
        wei.says("And one more");
        assertThat(ada.message("And one more")).isVisible();
        axe.looksAt(ada.page(), "console, reopened");
        grace.button("Close").click();
        grace.goTo("Feedback");
        axe.looksAt(grace.page(), "administration, feedback with decisions");
    }

    @Test
    void questions_and_warnings_of_the_console() {
        AtomicBoolean deaf = new AtomicBoolean(false);
        CustomerPage wei = customer().says("Where is my kite?");
        Page desk = newBrowser();
        desk.routeWebSocket("**/ws/agent", route -> {
            WebSocketRoute server = route.connectToServer();
            server.onMessage(frame -> {
                if (!deaf.get() || !frame.text().contains("\"event\"")) {
                    route.send(frame.text());
                }
            });
        });
        ConsolePage ada = new ConsolePage(desk)
                .signIn(account("Ada", Role.AGENT), PASSWORD)
                .opens("Where is my kite?");
        ConsolePage grace = new ConsolePage(newBrowser())
                .signIn(account("Grace", Role.ADMIN), PASSWORD)
                .opens("Where is my kite?");

        ada.editor().fill("/kitez");
        ada.editor().press("Enter");
        assertThat(ada.warning()).containsText("/kitez");
        axe.glancesAt(desk, "console, a word that looks like a shortcode");
        ada.editor().fill("On Monday");
        grace.answers("On Tuesday.");
        assertThat(ada.message("On Tuesday.")).isVisible();
        ada.editor().press("Enter");
        assertThat(ada.warning()).containsText("Grace: On Tuesday.");
        desk.setViewportSize(390, 844);
        axe.glancesAt(desk, "console, an answer that was overtaken, on a phone");
        ConsolePage.button(desk, "Back to the editor").click();
        ada.editor().fill("");
        desk.setViewportSize(1280, 720);

        ConsolePage.button(grace.page(), "Release").click();
        ConsolePage.button(desk, "Take").click();
        ConsolePage.button(grace.page(), "Take over").click();
        assertThat(grace.page().getByRole(AriaRole.DIALOG)).isVisible();
        axe.glancesAt(grace.page(), "console, whether to take over");
        grace.page().keyboard().press("Escape");

        deaf.set(true);
        wei.says("Still waiting");
        // Read as soon as it is stored: the other agent has the thread before them.
        assertThat(wei.message("Still waiting")).containsText(Pattern.compile("Sent|Read"));
        ConsolePage.button(desk, "Resolve").click();
        assertThat(desk.getByRole(AriaRole.DIALOG)).isVisible();
        axe.glancesAt(desk, "console, whether to resolve all the same");
        desk.keyboard().press("Escape");
        deaf.set(false);

        desk.setViewportSize(390, 844);
        desk.locator(".context-toggle").click();
        axe.glancesAt(desk, "console, suggestions on a phone");
        ConsolePage.button(desk, "Block this customer…").click();
        axe.glancesAt(desk, "console, whether to block, on a phone");
        ConsolePage.button(desk, "Block").click();
        assertThat(desk.getByText("This customer is blocked.")).isVisible();
        axe.glancesAt(desk, "console, a blocked customer");
        assertThat(wei.page().getByText("The team takes no more messages from you"))
                .isVisible();
        axe.glancesAt(wei.page(), "chat of a blocked customer");

        Page office = grace.page();
        office.navigate("/admin/#/sites");
        AdminPage admin = new AdminPage(office).goTo("Websites");
        Locator unblock = office.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Blocked customers"))
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("by Ada"))
                .getByRole(AriaRole.BUTTON);
        assertThat(unblock.first()).isVisible();
        axe.looksAtWindow(admin.page(), "administration, blocked customers");
        unblock.first().click();
    }

    private static Locator suggestionButton(Locator suggestion, String act) {
        return suggestion.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(act + ": "));
    }
}
