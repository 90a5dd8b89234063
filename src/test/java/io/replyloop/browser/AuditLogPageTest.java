package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin finds out what was changed, and by whom. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class AuditLogPageTest extends BrowserTest {
    private final String title = "Kites " + UUID.randomUUID();

    private AdminPage writesAReply() {
        AdminPage grace = admin();
        grace.button("New reply").click();
        Locator reply = grace.reply();
        reply.getByLabel("Title").fill(title);
        reply.getByLabel("Text").first().fill("A kite needs wind.");
        grace.button("Save").click();
        assertThat(reply.getByText("Saved as version 1.")).isVisible();
        return grace;
    }

    private static Locator row(Page page, String text) {
        return page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(text))
                .first();
    }

    @Test
    void a_change_is_found_opened_and_leads_to_what_was_changed() {
        AdminPage grace = writesAReply();
        Page page = grace.page();
        grace.goTo("Audit log");
        page.getByLabel("Name or title").fill(title.toUpperCase(Locale.ROOT));
        Locator row = row(page, "Reply written");
        assertThat(row).containsText("Grace");
        assertThat(page.getByRole(AriaRole.ROW)).hasCount(2);

        // By keyboard alone.
        Locator details = row.getByRole(AriaRole.BUTTON);
        details.press("Enter");
        assertThat(details).hasAttribute("aria-expanded", "true");
        assertThat(page.getByText("A kite needs wind.")).isVisible();
        assertThat(page.getByText("127.0.0.1")).isVisible();
        grace.button("中文").click();
        assertThat(page.getByRole(AriaRole.ROW)
                        .filter(new Locator.FilterOptions().setHasText("新建回复"))
                        .first())
                .isVisible();
        grace.button("English").click();

        row.getByRole(AriaRole.LINK).click();
        assertThat(grace.reply().getByLabel("Title")).hasValue(title);
        assertThat(grace.heading("Knowledge base")).isVisible();
    }

    @Test
    void what_the_filter_selects_is_downloaded_as_a_table() throws IOException {
        AdminPage grace = writesAReply();
        Page page = grace.page();
        grace.goTo("Audit log");
        page.getByLabel("What").selectOption("reply.created");
        page.getByLabel("Name or title").fill(title);
        assertThat(page.getByRole(AriaRole.ROW)).hasCount(2);

        Download table = page.waitForDownload(() -> grace.button("Export CSV").click());

        assertThat(table.suggestedFilename()).isEqualTo("audit-log.csv");
        assertThat(Files.readString(table.path()).lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .contains("reply.created", title, "A kite needs wind.");
    }
}
