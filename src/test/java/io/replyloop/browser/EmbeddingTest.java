package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class EmbeddingTest extends BrowserTest {
    @Test
    void theShopLoadsNoChatBeforeSomebodyOpensIt() {
        Page shop = newBrowser();
        shop.navigate("/shop/");
        assertThat(ConsolePage.button(shop, "Open chat")).isVisible();
        assertThat(shop.locator("iframe")).hasCount(0);
        assertEquals(1, shop.frames().size());

        ConsolePage.button(shop, "Open chat").click();

        FrameLocator chat = shop.frameLocator("iframe");
        assertThat(chat.getByRole(AriaRole.TEXTBOX)).isFocused();
        chat.getByRole(AriaRole.TEXTBOX).press("Escape");
        assertThat(shop.locator("iframe")).isHidden();
        assertThat(ConsolePage.button(shop, "Open chat")).isFocused();
    }

    @Test
    void theChatSpeaksTheLanguageThatThePageSpeaksWhenItIsOpened() {
        Page shop = newBrowser();
        shop.navigate("/shop/");
        assertThat(ConsolePage.button(shop, "Open chat")).isVisible();

        ConsolePage.button(shop, "中文").click();
        ConsolePage.button(shop, "打开聊天").click();

        assertThat(shop.frameLocator("iframe").getByRole(AriaRole.TEXTBOX)).hasAttribute("placeholder", "请输入消息…");
    }

    @Test
    void whatIsUnreadIsCountedOnTheButton() {
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
    void theChatListensToNoOtherPage() {
        Page shop = newBrowser();
        shop.navigate("/shop/");
        ConsolePage.button(shop, "Open chat").click();
        assertThat(shop.frameLocator("iframe").getByRole(AriaRole.TEXTBOX)).isVisible();

        // The page itself is not the iframe: what it posts to itself looks the same but has another source.
        shop.evaluate("window.postMessage({replyloop: 'close'}, location.origin)");
        shop.evaluate("new Promise(done => setTimeout(done))");

        assertThat(shop.locator("iframe")).isVisible();
    }
}
