package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.attachment.TestFiles;
import io.replyloop.identity.Role;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class AttachmentsTest extends BrowserTest {
    private static final byte[] PICTURE = TestFiles.picture("png", 800, 600);

    /** A file in the browser, from its name and its contents in Base64. */
    private static final String TRANSFER = "const transfer = new DataTransfer();"
            + " const bytes = Uint8Array.from(atob(file.contents), each => each.charCodeAt(0));"
            + " transfer.items.add(new File([bytes], file.name));";

    /** What moved in the conversation or in the bar above it, also after an act of the agent. */
    private static final String SHIFTS = """
            moved = [];
            new PerformanceObserver(seen => seen.getEntries().flatMap(({sources}) => sources).forEach(each => {
              const element = each.node?.closest ? each.node : each.node?.parentElement;
              if (element?.closest('.thread-pane, .top-bar'))
                moved.push(`${element.className} "${element.textContent.slice(0, 40)}" from ${
                  JSON.stringify(each.previousRect)} to ${JSON.stringify(each.currentRect)}`);
            })).observe({type: 'layout-shift', buffered: true});""";

    private record Dropped(String name, String contents) {
        static Dropped of(String name, byte[] contents) {
            return new Dropped(name, Base64.getEncoder().encodeToString(contents));
        }

        Object asArgument() {
            return Map.of("name", name, "contents", contents);
        }
    }

    private static void attaches(Page page, String name, byte[] contents) {
        FileChooser chooser = page.waitForFileChooser(
                () -> ConsolePage.button(page, "Attach files").click());
        assertThat(page.getByText("Up to 10 files, 10 MB each: PNG").first()).isVisible();
        chooser.setFiles(new FilePayload(name, "application/octet-stream", contents));
    }

    private static void pastes(Locator editor, Dropped file) {
        editor.evaluate(
                "(editor, file) => {" + TRANSFER
                        + " editor.dispatchEvent(new ClipboardEvent('paste',"
                        + " { clipboardData: transfer, bubbles: true, cancelable: true })); }",
                file.asArgument());
    }

    private static void dragsOver(Page page, String event, Dropped file) {
        page.getByRole(AriaRole.MAIN)
                .first()
                .evaluate(
                        "(main, file) => {" + TRANSFER + " main.dispatchEvent(new DragEvent('" + event
                                + "', { dataTransfer: transfer, bubbles: true, cancelable: true })); }",
                        file.asArgument());
    }

    private static Locator uploads(Page page) {
        return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Attached files"));
    }

    private static Locator upload(Page page, String name) {
        return uploads(page).getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(name));
    }

    private static Locator labelled(Page page, String label) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label));
    }

    @Test
    void a_customer_attaches_pastes_and_drops_and_an_agent_looks_and_saves() {
        CustomerPage wei = customer();
        Page page = wei.page();
        attaches(page, "parcel.png", PICTURE);
        assertThat(upload(page, "parcel.png")).containsText("kB");
        pastes(wei.writing(), Dropped.of("screenshot.png", PICTURE));
        assertThat(upload(page, "screenshot.png")).containsText("kB");
        dragsOver(page, "dragover", Dropped.of("invoice.pdf", TestFiles.pdf("")));
        assertThat(page.getByText("Drop the files to attach them")).isVisible();
        dragsOver(page, "drop", Dropped.of("invoice.pdf", TestFiles.pdf("An invoice")));
        assertThat(page.getByText("Drop the files to attach them")).hasCount(0);
        assertThat(upload(page, "invoice.pdf")).containsText("bytes");

        page.reload();
        assertThat(uploads(page).getByRole(AriaRole.LISTITEM)).hasCount(3);
        labelled(page, "Remove: screenshot.png").click();
        wei.says("Look at this");

        assertThat(uploads(page)).hasCount(0);
        assertThat(wei.message("Look at this")).containsText("Sent");
        assertThat(labelled(page, "Enlarge: parcel.png")).isVisible();
        ConsolePage ada = new ConsolePage(newBrowser());
        ada.page().addInitScript(SHIFTS);
        AtomicReference<Route> held = new AtomicReference<>();
        ada.page().route("**/thumbnail", held::set);
        ada.signIn(account("Ada", Role.AGENT), PASSWORD).opens("Look at this");

        ada.page().waitForCondition(() -> held.get() != null);
        Locator picture = labelled(ada.page(), "Enlarge: parcel.png");
        BoundingBox before = picture.boundingBox();
        held.get().resume();
        waitFor(picture.getByRole(AriaRole.IMG));
        BoundingBox after = picture.boundingBox();
        assertThat(after.width).isEqualTo(before.width).isEqualTo(220);
        assertThat(after.height).isEqualTo(before.height).isEqualTo(165);
        assertThat(moved(ada.page())).isEqualTo(List.of());

        picture.press("Enter");
        Locator viewer =
                ada.page().getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Picture parcel.png"));
        waitFor(viewer.getByRole(AriaRole.IMG));
        ada.page().keyboard().press("Escape");
        assertThat(viewer).hasCount(0);
        assertThat(picture).isFocused();
        Download saved = ada.page()
                .waitForDownload(
                        () -> labelled(ada.page(), "Download: invoice.pdf").click());
        assertThat(saved.suggestedFilename()).isEqualTo("invoice.pdf");
        assertThat(ada.thread()).not().containsText("screenshot.png");
    }

    /** Once what has been drawn until now has been looked at. */
    private static Object moved(Page page) {
        return page.evaluate(
                "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(moved))))");
    }

    private static void waitFor(Locator image) {
        image.page().waitForCondition(() -> (Boolean) image.evaluate("image => image.naturalWidth > 0"));
    }

    @Test
    void an_upload_shows_its_progress_and_can_be_cancelled_and_tried_again() throws IOException {
        CustomerPage wei = customer();
        Page page = wei.page();
        page.route("**/api/attachments?**", route -> {});
        attaches(page, "one.png", PICTURE);
        assertThat(upload(page, "one.png")).containsText("Uploading");
        assertThat(uploads(page).getByRole(AriaRole.PROGRESSBAR)).isVisible();
        assertThat(ConsolePage.button(page, "Send")).isDisabled();
        labelled(page, "Cancel: one.png").click();
        assertThat(uploads(page)).hasCount(0);

        page.unroute("**/api/attachments?**");
        page.route("**/api/attachments?**", Route::abort);
        attaches(page, "two.png", PICTURE);
        assertThat(upload(page, "two.png")).containsText("The server cannot be reached.");
        page.unroute("**/api/attachments?**");
        labelled(page, "Try again: two.png").click();
        assertThat(upload(page, "two.png")).containsText("kB");

        attaches(page, "setup.exe", new byte[] {'M', 'Z', 0, 1});
        assertThat(upload(page, "setup.exe")).containsText("Files of this kind cannot be sent.");
        attaches(page, "film.png", new byte[(10 << 20) + 1]);
        assertThat(upload(page, "film.png")).containsText("larger than 10 MB");
        assertThat(ConsolePage.button(page, "Send")).isDisabled();
        Axe axe = new Axe();
        axe.looksAt(page, "files that are being attached");
        labelled(page, "Remove: setup.exe").click();
        labelled(page, "Remove: film.png").click();
        ConsolePage.button(page, "Send").click();
        assertThat(labelled(page, "Enlarge: two.png")).isVisible();
        axe.looksAt(page, "a message with a picture");
        labelled(page, "Enlarge: two.png").click();
        Locator viewer = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Picture two.png"));
        waitFor(viewer.getByRole(AriaRole.IMG));
        axe.looksAtWindow(page, "the picture enlarged");
        viewer.getByText("Close").click();
        assertThat(viewer).hasCount(0);
        assertThat(axe.found()).isEqualTo(List.of());
    }

    @Test
    void an_agent_attaches_to_an_answer_and_to_a_note() {
        CustomerPage wei = customer().says("Do you have a manual?");
        ConsolePage ada = agent("Ada").opens("Do you have a manual?");
        attaches(ada.page(), "manual.pdf", TestFiles.pdf("How to"));
        assertThat(upload(ada.page(), "manual.pdf")).containsText("bytes");
        ada.page().reload();
        assertThat(upload(ada.page(), "manual.pdf")).containsText("bytes");
        ConsolePage.button(ada.page(), "Send").click();
        ConsolePage.button(ada.page(), "Note").click();
        pastes(
                ada.page().getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Write a note.")),
                Dropped.of("internal.png", PICTURE));
        assertThat(upload(ada.page(), "internal.png")).containsText("kB");
        ConsolePage.button(ada.page(), "Add note").click();
        assertThat(labelled(ada.page(), "Enlarge: internal.png")).isVisible();

        ConsolePage.button(wei.page(), "中文").click();
        assertThat(labelled(wei.page(), "添加文件")).isVisible();
        Download saved = wei.page()
                .waitForDownload(() -> labelled(wei.page(), "下载：manual.pdf").click());
        assertThat(saved.suggestedFilename()).isEqualTo("manual.pdf");
        assertThat(wei.thread()).not().containsText("internal");
        assertThat(labelled(wei.page(), "internal.png")).hasCount(0);
    }
}
