package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class KnowledgeImportTest extends BrowserTest {
    private static final String FILE = """
            {"label": "hours", "title": "Opening hours of the shop", "text": "We are open from 9 to 6."}
            {"label": "broken", "title": "No text"}
            {"label": "zh", "title": "营业时间", "text": "我们每天九点到六点营业。", "language": "zh"}
            """;

    @Test
    void anImportWithABadLineNamesItAndStoresNothingUntilAskedTo() {
        AdminPage grace = admin().checksImport("replies.jsonl", FILE);

        Locator window = grace.importWindow();
        assertThat(window.getByRole(AriaRole.STATUS)).containsText("3 lines: 2 new, 1 with an error.");
        assertThat(window.getByRole(AriaRole.STATUS)).containsText("Nothing has been stored yet.");
        Locator badLine = window.getByRole(AriaRole.ROW).nth(1);
        assertThat(badLine.getByRole(AriaRole.CELL).first()).hasText("2");
        assertThat(badLine).containsText("text");
        assertThat(reply(grace, "Opening hours of the shop")).hasCount(0);

        grace.button("Import the good lines only").click();

        assertThat(window.getByRole(AriaRole.STATUS)).containsText("Imported.");
        grace.button("Close").click();
        assertThat(reply(grace, "Opening hours of the shop")).containsText("Published");
        assertThat(reply(grace, "营业时间")).containsText("我们每天九点到六点营业。");
    }

    @Test
    void aChangeOfSomebodyElseIsNotOverwrittenUnseen() {
        AdminPage grace = admin();
        grace.button("New reply").click();
        grace.page().getByLabel("Title").fill("Repairs");
        grace.page().getByLabel("Text").fill("We repair bicycles.");
        grace.button("Publish").click();
        AdminPage alan = admin();
        reply(alan, "Repairs").getByRole(AriaRole.BUTTON).click();
        reply(grace, "Repairs").getByRole(AriaRole.BUTTON).click();
        grace.page().getByLabel("Text").fill("We repair all bicycles.");
        grace.button("Save").click();
        assertThat(reply(grace, "We repair all bicycles.")).isVisible();

        alan.page().getByLabel("Text").fill("We repair some bicycles.");
        alan.button("Save").click();

        assertThat(alan.page().getByRole(AriaRole.ALERT)).containsText("Somebody else has changed this reply");
        assertThat(alan.page().getByRole(AriaRole.ALERT)).containsText("We repair all bicycles.");
        alan.button("Load their version").click();
        assertThat(alan.page().getByLabel("Text")).hasValue("We repair all bicycles.");
    }

    private static Locator reply(AdminPage admin, String text) {
        return admin.page()
                .getByRole(AriaRole.MAIN)
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText(text));
    }
}
