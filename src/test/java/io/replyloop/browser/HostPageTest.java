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

/** What the page around the chat can do with it, and how it looks there. */
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
}
