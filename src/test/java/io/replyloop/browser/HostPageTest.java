package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.site.SiteSettings;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page around the chat can do with it, how it looks there; that nothing moves in it; emoji. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class HostPageTest extends BrowserTest {
    /** Before the loader: what it is asked for then, it does when it starts. */
    private static final String ASKS_FIRST = """
            <script>
              heard = [];
              (window.replyloop ??= []).push(
                ...['opened', 'closed', 'unread', 'message', 'resolved'].map(name => ['on', name, ({type, detail}) =>
                  heard.push([type, detail?.by ?? detail?.count].filter(said => said !== undefined).join(' '))]),
                ['on', 'opened', () => { throw new Error('of the page'); }],
                ['no such function'],
                ['open']);
            </script>""";

    private static void hears(Page shop, String... said) {
        shop.waitForFunction("said => JSON.stringify(heard) === JSON.stringify(said)", List.of(said));
    }

    @Test
    void scripts_of_a_page_from_right_to_left_open_the_chat_and_hear_what_happens() throws IOException {
        Axe axe = new Axe();
        try (OtherSite otherSite = new OtherSite()) {
            sites.update(
                    sites.byKey(site).orElseThrow().id(),
                    new SiteSettings("Corner shop", List.of(otherSite.origin()), null, "Hello!", "您好！", false));
            Page shop = newBrowser();
            otherSite.visitedBy(
                    shop,
                    "<script>document.documentElement.dir = 'rtl'</script>" + ASKS_FIRST
                            + "</head><body><main><h1>متجر</h1>"
                            + "</main><script src=" + server + "loader.js data-site=" + site
                            + " data-theme=dark data-label=Help data-color=#fdfdfd></script>");
            FrameLocator chat = shop.frameLocator("iframe");
            Locator writing = chat.getByRole(AriaRole.TEXTBOX);
            assertThat(writing).isFocused();
            hears(shop, "opened");

            assertThat(chat.locator("html")).hasAttribute("dir", "rtl");
            assertThat(chat.locator("body")).hasCSS("background-color", "rgb(24, 28, 35)");
            Locator launcher = ConsolePage.button(shop, "Help Close chat");
            Assertions.assertThat(launcher.boundingBox().x).isLessThan(100);
            axe.looksAt(shop, "a page from right to left");

            writing.fill("مرحبا");
            writing.press("Enter");
            hears(shop, "opened", "message customer");
            ConsolePage ada = agent("Ada").opens("مرحبا");
            shop.evaluate("replyloop.toggle()");
            ada.answers("Hello yourself.");
            assertThat(ConsolePage.button(shop, "Help Open chat (1 unread)")).isVisible();
            hears(shop, "opened", "message customer", "closed", "message agent", "unread 1");

            // A page's slip, which breaks nothing.
            shop.evaluate("replyloop.setLanguage(5)");
            shop.evaluate("replyloop.setLanguage('zh')");
            ConsolePage.button(shop, "Help 打开聊天 (1 条未读)").click();
            assertThat(writing).hasAttribute("placeholder", "请输入消息…");
            axe.glancesAt(shop, "Chinese on a page from right to left");
            shop.evaluate("heard.length = 0; replyloop.off('opened'); replyloop.close()");
            ConsolePage.button(ada.page(), "Resolve").click();
            shop.waitForFunction("heard.includes('resolved agent')");
        }
        Assertions.assertThat(axe.found()).isEmpty();
    }

    @Test
    void an_emoji_is_found_by_keyboard_and_stands_where_the_cursor_was() throws IOException {
        Axe axe = new Axe();
        CustomerPage wei = customer();
        wei.writing().fill("Tea please");
        wei.writing().press("Home");
        Locator button = ConsolePage.button(wei.page(), "Insert an emoji");
        button.press("Enter");
        Locator picker = wei.page().getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Emoji"));
        Locator search = picker.getByRole(AriaRole.SEARCHBOX);
        assertThat(search).isFocused();
        assertThat(picker.getByRole(
                        AriaRole.GRIDCELL,
                        new Locator.GetByRoleOptions().setName("grinning face").setExact(true)))
                .isVisible();
        axe.looksAtWindow(wei.page(), "emoji");
        search.fill("teapot");
        search.press("ArrowDown");
        assertThat(picker.getByRole(AriaRole.GRIDCELL)).isFocused();
        wei.page().keyboard().press("Enter");
        assertThat(wei.writing()).isFocused();
        assertThat(wei.writing()).hasValue("🫖Tea please");
        button.click();
        assertThat(picker.getByText("Used recently")).isVisible();
        wei.page().keyboard().press("Escape");
        assertThat(picker).hasCount(0);
        assertThat(button).isFocused();
        Assertions.assertThat(axe.found()).isEmpty();
    }

    /** As the browser measures it; what follows the person's own act does not count. */
    @Test
    void nothing_moves_in_the_chat_while_something_comes() {
        Page page = newBrowser();
        page.addInitScript("""
                moved = [];
                new PerformanceObserver(list => list.getEntries().filter(each => !each.hadRecentInput).forEach(each =>
                  moved.push(each.value + ' ' + each.sources.map(({node}) => node?.className ?? node?.nodeName).join())))
                  .observe({type: 'layout-shift', buffered: true});""");
        CustomerPage wei = new CustomerPage(page).open(site);
        wei.says("Where is my tea?");
        assertThat(wei.message("Where is my tea?")).containsText("Sent");
        ConsolePage ada = agent("Ada").opens("Where is my tea?");
        ConsolePage.button(ada.page(), "Take").click();
        assertThat(wei.thread()).containsText("Ada has joined");
        for (int i = 0; i < 12; i++) {
            ada.answers("Line " + i + " of a long answer, which fills the window before it ends.");
        }
        assertThat(wei.message("Line 11")).isVisible();
        ConsolePage.button(ada.page(), "Resolve").click();
        assertThat(page.getByText("How was this conversation?")).isVisible();
        nothingMoved(page);
        page.reload();
        assertThat(wei.message("Line 11")).isVisible();
        assertThat(page.getByText("How was this conversation?")).isVisible();
        nothingMoved(page);
    }

    private static void nothingMoved(Page page) {
        Assertions.assertThat((List<?>) page.evaluate("moved")).isEmpty();
    }
}
