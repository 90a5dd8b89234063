package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** axe finds nothing on any page, in any of its states. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class AccessibilityTest extends BrowserTest {
    private static final String KNOWLEDGE = """
            {"label": "axe-lights", "title": "Lights of a tandem", "text": "A tandem has two lights.", "category": "Parts", "questions": ["How many lights has a tandem?", "Does a tandem have lights?"]}
            {"label": "axe-bad", "title": "No text"}
            """;

    private Axe axe;

    @BeforeEach
    void startAxe() throws IOException {
        axe = new Axe();
    }

    @AfterEach
    void nothingIsFound() {
        assertThat(axe.found()).isEmpty();
    }

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

    @Test
    void shop_with_its_chat() {
        Page shop = newBrowser();
        shop.navigate("/shop/");
        assertThat(ConsolePage.button(shop, "Open chat")).isVisible();
        axe.looksAt(shop, "shop, chat closed");
        ConsolePage.button(shop, "Open chat").click();
        assertThat(shop.frameLocator("iframe").getByRole(AriaRole.TEXTBOX)).isVisible();
        axe.looksAt(shop, "shop, chat open");

        shop.route("**/widget/?*", Route::abort);
        shop.reload();
        assertThat(ConsolePage.button(shop, "Retry")).isVisible();
        axe.looksAt(shop, "shop, chat cannot be loaded");
    }

    @Test
    void customers_chat() {
        AtomicReference<WebSocketRoute> connection = new AtomicReference<>();
        CustomerPage wei = new CustomerPage(newBrowser());
        wei.page().routeWebSocket("**/ws/customer", route -> {
            connection.set(route);
            route.connectToServer();
        });
        wei.open(site);
        assertThat(wei.thread()).containsText("Hello!");
        axe.looksAt(wei.page(), "chat, empty");
        wei.says("Is this tandem for three?").says("See https://shop.example/tandem");
        ConsolePage ada = agent("Ada").opens("See https://shop.example/tandem");
        ada.answers("For two. See https://shop.example/two");
        assertThat(wei.message("For two.")).isVisible();
        ConsolePage.button(ada.page(), "Resolve").click();
        assertThat(wei.page().getByText("This conversation is resolved.")).isVisible();
        wei.writing().fill("x".repeat(8_001));
        axe.looksAt(wei.page(), "chat with messages and a text that is too long");
        ConsolePage.button(wei.page(), "中文").click();
        axe.glancesAt(wei.page(), "chat in Chinese");
        ConsolePage.button(wei.page(), "English").click();

        wei.writing().fill("");
        wei.page().routeWebSocket("**/ws/customer", AccessibilityTest::breakOff);
        breakOff(connection.get());
        assertThat(wei.page().getByText("No connection.")).isVisible();
        wei.says("Still there?");
        assertThat(wei.message("Still there?")).containsText("Sending");
        axe.looksAt(wei.page(), "chat without a connection");

        Page nobody = newBrowser();
        nobody.navigate("/widget/?site=nobody");
        assertThat(nobody.getByRole(AriaRole.ALERT)).isVisible();
        axe.looksAtWindow(nobody, "chat of an unknown site");
    }

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
    void administration() {
        AdminPage grace = admin().checksImport("tandem.jsonl", KNOWLEDGE);
        Page page = grace.page();
        assertThat(grace.importWindow().getByRole(AriaRole.STATUS)).isVisible();
        axe.looksAtWindow(page, "administration, import checked");
        grace.button("Import the good lines only").click();
        assertThat(grace.importWindow()).containsText("Imported.");
        axe.looksAtWindow(page, "administration, imported");
        grace.button("Close").click();
        axe.looksAt(page, "administration, knowledge base");
        ConsolePage.button(page, "中文").click();
        axe.glancesAt(page, "administration in Chinese");
        ConsolePage.button(page, "English").click();
        grace.button("New reply").click();
        dialog(page, "new reply");
        page.getByRole(AriaRole.MAIN).getByText("Lights of a tandem").first().click();
        dialog(page, "reply");

        for (String section : new String[] {"Training", "Feedback"}) {
            grace.goTo(section);
            axe.looksAt(page, section);
        }
        grace.goTo("People");
        axe.looksAt(page, "users");
        grace.button("Add a person").click();
        dialog(page, "new user");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Edit: "))
                .first()
                .click();
        dialog(page, "user");
        grace.goTo("Websites");
        axe.looksAt(page, "sites");
        grace.button("Add a website").click();
        dialog(page, "new site");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Edit: "))
                .first()
                .click();
        dialog(page, "site");
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

    @Test
    void notices_of_the_chat() {
        AtomicBoolean deaf = new AtomicBoolean(false);
        CustomerPage wei = new CustomerPage(newBrowser());
        wei.page().setViewportSize(390, 844);
        wei.page().routeWebSocket("**/ws/customer", route -> {
            WebSocketRoute server = route.connectToServer();
            route.onMessage(frame -> {
                if (!deaf.get()) {
                    server.send(frame.text());
                }
            });
        });
        wei.open(site).says("Hello?");
        assertThat(wei.message("Hello?")).containsText("Sent");
        deaf.set(true);
        wei.says("Into the void");
        assertThat(wei.page().getByText("The server does not answer.")).isVisible();
        axe.glancesAt(wei.page(), "chat, the server is silent");
        wei.page().context().setOffline(true);
        assertThat(wei.page().getByText("You are offline.")).isVisible();
        axe.glancesAt(wei.page(), "chat, offline");
    }

    @Test
    void questions_of_the_administration() {
        AdminPage grace = admin().checksImport("kites.csv", "Stichwort;Wortlaut\nKites;A kite needs wind.\n");
        Page page = grace.page();
        assertThat(grace.importWindow().getByRole(AriaRole.COMBOBOX).first()).isVisible();
        axe.looksAtWindow(page, "administration, columns of a table");
        page.keyboard().press("Escape");
        grace.button("Your account: Grace").click();
        dialog(page, "the account");

        grace.button("New reply").click();
        page.getByRole(AriaRole.DIALOG).getByLabel("Title").fill("Strings of a kite");
        page.getByRole(AriaRole.DIALOG).getByLabel("Text").first().fill("A kite has one string.");
        grace.button("Save").click();
        page.getByRole(AriaRole.MAIN).getByText("Strings of a kite").first().click();
        // As if a colleague had saved it meanwhile.
        page.route("**/api/replies/*", route -> {
            if ("PUT".equals(route.request().method())) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(409)
                        .setContentType("application/problem+json")
                        .setBody("{\"code\": \"conflict\", \"detail\": \"\"}"));
                return;
            }
            APIResponse stored = route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setBody(stored.text().replaceFirst("\"version\":\\d+", "\"version\":99"))
                    .setContentType("application/json"));
        });
        grace.button("Save").click();
        assertThat(page.getByText("Somebody else has changed this reply meanwhile."))
                .isVisible();
        axe.glancesAt(page, "administration, a reply that a colleague has changed");
        page.keyboard().press("Escape");

        page.route(
                "**/api/models",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"items\": [" + model(1, true) + ", " + model(2, false) + "]}")));
        grace.goTo("Training");
        grace.button("Promote").click();
        dialog(page, "which model ranks");

        grace.goTo("Websites");
        Locator card = page.locator("section").filter(new Locator.FilterOptions().setHasText(site));
        button(card, "Make a new secret").click();
        assertThat(card).containsText("This secret is shown once.");
        button(card, "Make a new secret").click();
        dialog(page, "whether to replace the secret");
        button(card, "End all customers’ access…").click();
        dialog(page, "whether to end all access");
    }

    private static String model(int number, boolean serving) {
        return ("{\"id\": \"0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b1%1$d\", \"number\": %1$d, \"origin\": \"training\","
                        + " \"createdAt\": \"2026-03-02T09:15:30Z\", \"serving\": %2$b, \"metrics\": {\"mrr\": 0.5}}")
                .formatted(number, serving);
    }

    private static Locator button(Locator part, String name) {
        return part.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    private void dialog(Page page, String name) {
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        axe.looksAtWindow(page, "administration, window: " + name);
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
    }

    private static Locator suggestionButton(Locator suggestion, String act) {
        return suggestion.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(act + ": "));
    }

    private static void breakOff(WebSocketRoute connection) {
        connection.close(new WebSocketRoute.CloseOptions().setCode(4000).setReason("broken by the test"));
    }
}
