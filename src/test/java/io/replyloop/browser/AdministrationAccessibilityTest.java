package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class AdministrationAccessibilityTest extends AccessibilityTest {
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
        assertThat(grace.reply().getByLabel("Title")).isVisible();
        axe.looksAtWindow(page, "administration, a new reply");
        page.getByRole(AriaRole.MAIN).getByText("Lights of a tandem").first().click();
        assertThat(grace.reply().getByLabel("Title")).hasValue("Lights of a tandem");
        axe.looksAt(page, "administration, a reply beside the list");

        for (String section : new String[] {"Training", "Feedback", "Mail", "Privacy", "Audit log"}) {
            grace.goTo(section);
            axe.looksAt(page, section);
        }
        grace.button("Details: Replies imported").first().click();
        assertThat(page.locator(".changes")).isVisible();
        axe.looksAt(page, "Audit log, an entry opened");
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
    void questions_of_the_administration() {
        AdminPage grace = admin().checksImport("kites.csv", "Stichwort;Wortlaut\nKites;A kite needs wind.\n");
        Page page = grace.page();
        assertThat(grace.importWindow().getByRole(AriaRole.COMBOBOX).first()).isVisible();
        axe.looksAtWindow(page, "administration, columns of a table");
        page.keyboard().press("Escape");
        grace.button("Your account: Grace").click();
        dialog(page, "the account");

        grace.button("New reply").click();
        grace.reply().getByLabel("Title").fill("Strings of a kite");
        grace.reply().getByLabel("Text").first().fill("A kite has one string.");
        grace.button("Save").click();
        assertThat(grace.reply().getByText("Saved as version 1.")).isVisible();
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
}
