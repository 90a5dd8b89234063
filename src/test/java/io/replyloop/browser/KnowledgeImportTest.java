package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    void an_import_with_a_bad_line_names_it_and_stores_nothing_until_asked_to() {
        AdminPage grace = admin().checksImport("replies.jsonl", FILE);

        Locator window = grace.importWindow();
        assertThat(window.getByRole(AriaRole.STATUS)).containsText("Of 3 lines, 2 are new and 1 has an error.");
        assertThat(window.getByRole(AriaRole.STATUS)).containsText("Nothing has been stored yet.");
        Locator badLine = results(window).getByRole(AriaRole.ROW).nth(1);
        assertThat(badLine.getByRole(AriaRole.CELL).first()).hasText("2");
        assertThat(badLine).containsText("The text is missing.");
        assertThat(reply(grace, "Opening hours of the shop")).hasCount(0);

        grace.button("Import the good lines only").click();

        assertThat(window.getByRole(AriaRole.STATUS)).containsText("Imported.");
        grace.button("Close").click();
        assertThat(reply(grace, "Opening hours of the shop")).containsText("Published");
        assertThat(reply(grace, "营业时间")).containsText("我们每天九点到六点营业。");
    }

    @Test
    void a_table_of_another_program_is_seen_mapped_and_imported_as_it_was_seen() {
        String table =
                "Größe;Wofür;Vermerk\r\nRahmen;\"Für Größe M – übermäßig <b>bequem</b>, 50 &euro;\";M-1\r\n;;\r\n";
        AdminPage grace = admin().checksImport("vorlagen.csv", table.getBytes(Charset.forName("windows-1252")));
        Locator window = grace.importWindow();

        assertThat(window.getByLabel("Encoding")).hasValue("");
        assertThat(window.getByLabel("Encoding").locator("option").first()).containsText("Windows-1252");
        Locator rows = window.getByRole(
                AriaRole.TABLE, new Locator.GetByRoleOptions().setName("The first rows, as they are read"));
        assertThat(rows).containsText("Für Größe M – übermäßig");
        assertThat(window.getByText("could only be guessed")).isVisible();

        window.getByLabel("Encoding").selectOption("GB18030");
        assertThat(rows).not().containsText("übermäßig");
        window.getByLabel("Encoding").selectOption("");
        assertThat(rows).containsText("Für Größe M – übermäßig");

        window.getByLabel("The column Vermerk is").selectOption("shortcode");
        assertThat(window.getByLabel("The column Vermerk is")).hasValue("shortcode");
        window.getByLabel("Convert HTML to plain text").check();
        assertThat(results(window)).containsText("übermäßig bequem, 50 €");
        assertThat(results(window)).containsText("Had HTML, which is plain text now.");

        grace.page().setViewportSize(390, 844);
        assertThat(window.evaluate("""
                window => [document.documentElement, window, ...window.querySelectorAll("*")]
                    .filter(each => !each.parentElement?.closest(".table-box"))
                    .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
                    .map(each => each.tagName + "." + each.className + " " + each.getBoundingClientRect().right)""")).isEqualTo(List.of());
        importNow(window);
        assertThat(window.getByRole(AriaRole.STATUS)).hasText("Imported. The only line is new.");
        grace.button("Close").click();
        assertThat(reply(grace, "Für Größe M – übermäßig bequem, 50 €")).containsText("/M-1");
    }

    @Test
    void what_has_changed_since_it_was_seen_is_shown_again_and_not_stored() {
        String name = "Returns " + System.nanoTime();
        AdminPage grace =
                admin().checksImport("a.jsonl", "{\"title\":\"" + name + "\",\"text\":\"" + name + ", please.\"}");
        Locator window = grace.importWindow();
        assertThat(window.getByRole(AriaRole.STATUS)).containsText("The only line is new.");
        AdminPage alan =
                admin().checksImport("b.jsonl", "{\"title\":\"" + name + "\",\"text\":\"" + name + ", please.\"}");
        importNow(alan.importWindow());
        assertThat(alan.importWindow().getByRole(AriaRole.STATUS)).containsText("Imported.");

        importNow(window);

        assertThat(window.getByRole(AriaRole.ALERT)).containsText("Somebody has changed the knowledge base");
        assertThat(window.getByRole(AriaRole.STATUS)).containsText("The only line is there already.");
    }

    @Test
    void a_file_that_is_no_text_is_explained_in_the_language_of_the_page() {
        AdminPage grace = admin();
        grace.page().evaluate("localStorage.setItem('replyloop.language', 'zh')");
        grace.page().reload();
        grace.button("导入").click();
        Locator window = grace.page().getByRole(AriaRole.DIALOG);
        window.getByLabel("文件")
                .setInputFiles(new FilePayload(
                        "a.xlsx", "", "PK\u0003\u0004 xl/workbook.xml".getBytes(StandardCharsets.UTF_8)));
        assertThat(window.getByRole(AriaRole.ALERT)).containsText("这是 Excel 工作簿");
        window.getByLabel("文件")
                .setInputFiles(new FilePayload("a.jsonl", "", "{\"title\":\"x\"}".getBytes(StandardCharsets.UTF_8)));
        assertThat(window).containsText("缺少正文。请填写客户将看到的内容。");
    }

    private static Locator results(Locator window) {
        return window.getByRole(AriaRole.TABLE, new Locator.GetByRoleOptions().setName("Result"));
    }

    private static void importNow(Locator window) {
        window.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Import").setExact(true))
                .click();
    }

    @Test
    void a_change_of_somebody_else_is_not_overwritten_unseen() {
        AdminPage grace = admin();
        grace.button("New reply").click();
        grace.page().getByLabel("Title").fill("Repairs");
        grace.page().getByLabel("Text").fill("We repair bicycles.");
        grace.button("Publish").click();
        assertThat(grace.reply().getByText("Published.")).isVisible();
        AdminPage alan = admin();
        reply(alan, "Repairs").getByRole(AriaRole.BUTTON).click();
        assertThat(alan.page().getByLabel("Text")).hasValue("We repair bicycles.");
        grace.page().getByLabel("Text").fill("We repair all bicycles.");
        grace.button("Save").click();
        assertThat(reply(grace, "We repair all bicycles.")).isVisible();

        alan.page().getByLabel("Text").fill("We repair some bicycles.");
        alan.button("Save").click();

        assertThat(alan.page().getByRole(AriaRole.ALERT)).containsText("Somebody else has changed this reply");
        assertThat(alan.page().getByRole(AriaRole.ALERT)).containsText("We repair all bicycles.");
        alan.button("Load their version").click();
        alan.button("Discard it").click();
        assertThat(alan.page().getByLabel("Text")).hasValue("We repair all bicycles.");
    }

    private static Locator reply(AdminPage admin, String text) {
        return admin.page()
                .getByRole(AriaRole.MAIN)
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText(text));
    }
}
