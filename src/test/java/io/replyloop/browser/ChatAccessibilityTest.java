package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class ChatAccessibilityTest extends AccessibilityTest {
    @Test
    void shop_with_its_chat() {
        Page shop = newBrowser();
        shop.clock().install();
        shop.navigate("/shop/");
        assertThat(ConsolePage.button(shop, "Open chat")).isVisible();
        axe.looksAt(shop, "shop, chat closed");
        ConsolePage.button(shop, "Open chat").click();
        assertThat(shop.frameLocator("iframe").getByRole(AriaRole.TEXTBOX)).isVisible();
        axe.looksAt(shop, "shop, chat open");

        shop.route("**/widget/?*", Route::abort);
        shop.reload();
        assertThat(ConsolePage.button(shop, "Close chat")).isVisible();
        shop.clock().fastForward(EmbeddingTest.PATIENCE_MILLIS);
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
        ConsolePage.button(wei.page(), "Mail me this conversation").click();
        assertThat(wei.page().getByLabel("Your e-mail address")).isFocused();
        axe.looksAt(wei.page(), "chat, to be mailed");
        wei.page().keyboard().press("Escape");
        ConsolePage.button(ada.page(), "Resolve").click();
        assertThat(wei.page().getByText("This conversation is resolved.")).isVisible();
        wei.writing().fill("x".repeat(8_001));
        axe.looksAt(wei.page(), "chat with messages and a text that is too long");
        ConsolePage.button(wei.page(), "中文").click();
        axe.glancesAt(wei.page(), "chat in Chinese");
        ConsolePage.button(wei.page(), "English").click();

        wei.writing().fill("");
        wei.page().routeWebSocket("**/ws/customer", ChatAccessibilityTest::breakOff);
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

    private static void breakOff(WebSocketRoute connection) {
        connection.close(new WebSocketRoute.CloseOptions().setCode(4000).setReason("broken by the test"));
    }
}
