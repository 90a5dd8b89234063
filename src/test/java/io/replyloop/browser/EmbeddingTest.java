package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.site.SiteSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class EmbeddingTest extends BrowserTest {
    /** As browsers are that give frames of other sites no storage. */
    static final String NOTHING_KEPT = """
            if (location.pathname.startsWith('/widget'))
              Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }});
            """;

    /** The loader waits so long at most for a chat to report. */
    static final int PATIENCE_MILLIS = 10_000;

    private OtherSite otherSite;

    @BeforeEach
    void openOtherSite() throws IOException {
        otherSite = new OtherSite();
    }

    @AfterEach
    void closeOtherSite() {
        otherSite.close();
    }

    @Test
    void the_shop_loads_no_chat_before_somebody_opens_it() {
        Page shop = newBrowser();
        shop.navigate("/shop/");
        assertThat(ConsolePage.button(shop, "Open chat")).isVisible();
        assertThat(shop.locator("iframe")).hasCount(0);
        assertThat(shop.frames().size()).isEqualTo(1);

        ConsolePage.button(shop, "Open chat").click();

        FrameLocator chat = shop.frameLocator("iframe");
        assertThat(chat.getByRole(AriaRole.TEXTBOX)).isFocused();
        // Left open, it stands open after a reload, and takes no focus that nobody has given to it.
        shop.reload();
        assertThat(chat.getByRole(AriaRole.TEXTBOX)).isVisible();
        assertThat(shop.evaluate("document.activeElement.tagName")).isEqualTo("BODY");
        chat.getByRole(AriaRole.TEXTBOX).press("Escape");
        assertThat(shop.locator("iframe")).isHidden();
        assertThat(ConsolePage.button(shop, "Open chat")).isFocused();
        shop.reload();
        assertThat(ConsolePage.button(shop, "Open chat")).isVisible();
        assertThat(shop.locator("iframe")).hasCount(0);
    }

    @Test
    void the_chat_speaks_the_language_that_the_page_speaks_when_it_is_opened() {
        Page shop = newBrowser();
        shop.navigate("/shop/");
        assertThat(ConsolePage.button(shop, "Open chat")).isVisible();

        ConsolePage.button(shop, "中文").click();
        ConsolePage.button(shop, "打开聊天").click();

        assertThat(shop.frameLocator("iframe").getByRole(AriaRole.TEXTBOX)).hasAttribute("placeholder", "请输入消息…");
    }

    @Test
    void what_is_unread_is_counted_on_the_button() {
        Page shop = newBrowser();
        shop.navigate("/shop/");
        ConsolePage.button(shop, "Open chat").click();
        FrameLocator chat = shop.frameLocator("iframe");
        chat.getByRole(AriaRole.TEXTBOX).fill("Are helmets included?");
        chat.getByRole(AriaRole.TEXTBOX).press("Enter");
        ConsolePage ada = agent("Ada").opens("Are helmets included?");
        chat.getByRole(AriaRole.TEXTBOX).press("Escape");

        ada.answers("No, but lights are.");

        assertThat(ConsolePage.button(shop, "Open chat (1 unread)")).isVisible();
        ConsolePage.button(shop, "Open chat (1 unread)").click();
        assertThat(chat.getByText("No, but lights are.")).isVisible();
        assertThat(ada.message("No, but lights are.")).containsText("Read by the customer");
    }

    @Test
    void the_chat_listens_to_no_other_page() {
        Page shop = newBrowser();
        shop.navigate("/shop/");
        ConsolePage.button(shop, "Open chat").click();
        assertThat(shop.frameLocator("iframe").getByRole(AriaRole.TEXTBOX)).isVisible();

        // The page itself is not the iframe: what it posts to itself looks the same but has another source.
        shop.evaluate("window.postMessage({replyloop: 'close'}, location.origin)");
        shop.evaluate("new Promise(done => setTimeout(done))");

        assertThat(shop.locator("iframe")).isVisible();
    }

    @Test
    void a_chat_that_cannot_load_says_so_on_a_phone_and_is_tried_again_or_closed() {
        Page shop = onAPhone(newBrowser());
        shop.clock().install();
        AtomicBoolean serverThere = new AtomicBoolean(false);
        shop.route("**/widget/?*", route -> {
            if (serverThere.get()) {
                route.resume();
            } else {
                route.abort();
            }
        });
        otherSite.visitedBy(shop, "<body>" + tag(embeddable(), ""));

        ConsolePage.button(shop, "Open chat").click();
        assertThat(ConsolePage.button(shop, "Close")).isFocused();
        loseItsPatience(shop);
        assertThat(shop.getByText("The chat cannot be loaded right now.")).isVisible();
        ConsolePage.button(shop, "Close").click();
        assertThat(shop.getByText("The chat cannot be loaded right now.")).isHidden();
        ConsolePage.button(shop, "Open chat").click();
        loseItsPatience(shop);
        shop.evaluate("document.documentElement.lang = 'zh-CN'");
        assertThat(shop.getByText("暂时无法加载聊天。")).isVisible();

        serverThere.set(true);
        ConsolePage.button(shop, "重试").click();

        assertThat(writing(shop)).isFocused();
        assertThat(ConsolePage.button(shop, "重试")).isHidden();
    }

    @Test
    void a_frame_that_is_refused_and_a_site_that_nobody_knows_can_be_closed() {
        for (String tag : List.of(tag(site, ""), tag("nobody", ""))) {
            Page shop = onAPhone(newBrowser());
            shop.clock().install();
            otherSite.visitedBy(shop, "<body>" + tag);
            ConsolePage.button(shop, "Open chat").click();

            loseItsPatience(shop);
            assertThat(shop.getByText("The chat cannot be loaded right now.")).isVisible();
            ConsolePage.button(shop, "Close").click();
            assertThat(ConsolePage.button(shop, "Open chat")).isFocused();
        }
    }

    @Test
    void a_server_that_answers_no_more_leaves_a_way_out() {
        Page shop = onAPhone(newBrowser());
        // Neither answered nor refused.
        shop.route("**/api/widget?*", route -> {});
        otherSite.visitedBy(shop, "<body>" + tag(embeddable(), ""));
        ConsolePage.button(shop, "Open chat").click();

        shop.frameLocator("iframe")
                .getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Close chat"))
                .click();

        assertThat(ConsolePage.button(shop, "Open chat")).isFocused();
    }

    @Test
    void the_back_button_of_a_phone_closes_the_chat_and_leaves_the_history_alone() {
        Page shop = onAPhone(newBrowser());
        // What the phone would call; on a desktop nothing does.
        shop.addInitScript("window.CloseWatcher = class { constructor() { window.watcher = this; } destroy() {} }");
        otherSite.visitedBy(shop, "<body>" + tag(embeddable(), ""));
        Object entries = shop.evaluate("history.length");
        ConsolePage.button(shop, "Open chat").click();
        assertThat(writing(shop)).isFocused();

        shop.evaluate("window.watcher.onclose()");

        assertThat(shop.locator("iframe")).isHidden();
        assertThat(shop.evaluate("history.length")).isEqualTo(entries);
    }

    @Test
    void the_tag_may_stand_in_the_head_and_stand_there_twice() {
        Page shop = newBrowser();
        otherSite.visitedBy(shop, tag(site, "") + tag(site, "") + "</head><body><h1>Late</h1>");

        assertThat(ConsolePage.button(shop, "Open chat")).hasCount(1);
    }

    @Test
    void an_open_conversation_outlives_a_body_that_is_replaced() {
        Page shop = newBrowser();
        otherSite.visitedBy(shop, "<body>" + tag(embeddable(), ""));
        ConsolePage.button(shop, "Open chat").click();
        writing(shop).fill("I mean in");

        shop.evaluate("""
                tag => {
                  const body = document.createElement('body');
                  document.body.replaceWith(body);
                  const script = document.createElement('script');
                  script.src = tag.src;
                  Object.assign(script.dataset, tag);
                  body.append(script);
                  return new Promise(done => { script.onload = done; });
                }""", Map.of("src", server + "loader.js", "site", site));
        assertThat(writing(shop)).hasValue("I mean in");
        assertThat(ConsolePage.button(shop, "Close chat")).hasCount(1);

        shop.evaluate("document.querySelector('replyloop-chat').remove()");
        assertThat(writing(shop)).isVisible();
        assertThat(ConsolePage.button(shop, "Close chat")).hasCount(1);
    }

    @Test
    void the_next_page_shows_what_is_unread_and_forgets_it_once_it_is_read() {
        // Private windows, which test browsers are, give a chat on another domain nothing to keep anything in.
        otherSite.isOnOurDomain();
        Page shop = newBrowser();
        String tag = tag(embeddable(), "");
        otherSite.visitedBy(shop, "<body>" + tag);
        ConsolePage.button(shop, "Open chat").click();
        writing(shop).fill("Are these wheels round?");
        writing(shop).press("Enter");
        assertThat(shop.frameLocator("iframe").getByRole(AriaRole.LOG)).containsText("Sent");
        ConsolePage ada = agent("Ada").opens("Are these wheels round?");
        writing(shop).press("Escape");

        // An answer is awaited, so the next page looks out for it with its chat closed.
        otherSite.visitedBy(shop, "<body>" + tag);
        ada.answers("Fairly.");
        assertThat(ConsolePage.button(shop, "Open chat (1 unread)")).isVisible();

        shop.route("**/widget/?*", Route::abort);
        otherSite.visitedBy(shop, "<body>" + tag);
        assertThat(ConsolePage.button(shop, "Open chat (1 unread)")).isVisible();
        shop.unroute("**/widget/?*");

        Page other = shop.context().newPage();
        otherSite.visitedBy(other, "<body>" + tag);
        ConsolePage.button(other, "Open chat (1 unread)").click();
        assertThat(other.frameLocator("iframe").getByText("Fairly.")).isVisible();
        assertThat(ConsolePage.button(shop, "Open chat")).isVisible();
        other.close();
        otherSite.visitedBy(shop, "<body>" + tag);
        assertThat(ConsolePage.button(shop, "Open chat")).isVisible();
        assertThat(shop.locator("iframe")).hasCount(0);
    }

    @Test
    void a_browser_that_keeps_nothing_is_told_of() {
        Page shop = newBrowser();
        shop.addInitScript(NOTHING_KEPT);
        otherSite.visitedBy(shop, "<body>" + tag(embeddable(), ""));
        ConsolePage.button(shop, "Open chat").click();
        FrameLocator chat = shop.frameLocator("iframe");
        assertThat(chat.getByText("This conversation is here until you leave this page."))
                .isVisible();
        writing(shop).fill("Will you remember me?");
        writing(shop).press("Enter");
        assertThat(chat.getByRole(AriaRole.LOG)).containsText("Sent");

        writing(shop).press("Escape");
        // Nobody could find this conversation again, so nothing of it waits on the next page.
        otherSite.visitedBy(shop, "<body>" + tag(site, ""));
        assertThat(ConsolePage.button(shop, "Open chat")).isVisible();
        assertThat(shop.locator("iframe")).hasCount(0);
    }

    @Test
    void the_chat_has_the_pages_colour_and_follows_its_language() {
        Page shop = newBrowser();
        otherSite.visitedBy(shop, "<body>" + tag(embeddable(), "data-color=gold"));
        ConsolePage.button(shop, "Open chat").click();
        FrameLocator chat = shop.frameLocator("iframe");
        assertThat(writing(shop)).hasAttribute("placeholder", "Write a message…");
        assertThat(chat.locator("header")).hasCSS("background-color", "rgb(255, 215, 0)");
        assertThat(chat.locator("header")).hasCSS("color", "rgb(0, 0, 0)");

        shop.evaluate("document.documentElement.lang = 'zh'");
        assertThat(writing(shop)).hasAttribute("placeholder", "请输入消息…");

        chat.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("English"))
                .click();
        assertThat(writing(shop)).hasAttribute("placeholder", "Write a message…");
    }

    private static void loseItsPatience(Page shop) {
        shop.clock().fastForward(PATIENCE_MILLIS);
    }

    private static Page onAPhone(Page page) {
        page.setViewportSize(390, 844);
        return page;
    }

    private static Locator writing(Page shop) {
        return shop.frameLocator("iframe").getByRole(AriaRole.TEXTBOX);
    }

    /** The key of this test's website, which may be shown there. */
    private String embeddable() {
        sites.update(
                sites.byKey(site).orElseThrow().id(),
                new SiteSettings("Corner shop", List.of(otherSite.origin()), null, "Hello!", "您好！", false));
        return site;
    }

    private String tag(String key, String more) {
        return "<script src=" + server + "loader.js data-site=" + key + " " + more + "></script>";
    }
}
