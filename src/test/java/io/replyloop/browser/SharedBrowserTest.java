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
import io.replyloop.identity.SignedClaims;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Customers who sign in to a shop one after the other, in the same browser. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class SharedBrowserTest extends BrowserTest {
    private byte[] secret;

    @BeforeEach
    void makeSecret() {
        secret = sites.renewIdentitySecret(sites.byKey(site).orElseThrow().id(), Duration.ZERO)
                .getBytes(StandardCharsets.UTF_8);
    }

    private String voucher(String person) throws JoseException {
        long soon = NumericDate.now().getValue() + 600;
        return SignedClaims.sign(Map.of("sub", person, "exp", soon), secret, AlgorithmIdentifiers.HMAC_SHA256, null);
    }

    /** A page of the shop as it is for the one who is signed in there, with the chat open. */
    private FrameLocator visit(Page shop, String voucher) {
        return visitWith(shop, " data-identity='" + voucher + "'");
    }

    private FrameLocator visitWith(Page shop, String attributes) {
        shop.unroute("**/a-shop");
        shop.route(
                "**/a-shop",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<!doctype html><html lang=en><body><script src=/loader.js data-site=" + site
                                + attributes + "></script></body></html>")));
        shop.navigate("/a-shop");
        // Who left the page with the chat open finds it open.
        Locator open = ConsolePage.button(shop, "Open chat");
        assertThat(open.or(ConsolePage.button(shop, "Close chat"))).isVisible();
        if (open.isVisible()) {
            open.click();
        }
        return shop.frameLocator("iframe");
    }

    private static void says(FrameLocator chat, String text) {
        chat.getByRole(AriaRole.TEXTBOX).fill(text);
        chat.getByRole(AriaRole.TEXTBOX).press("Enter");
    }

    /** From here on nothing leaves this page any more. */
    private static void beginsWithoutANetwork(Page shop, FrameLocator chat, String unsent, String draft) {
        shop.frames().get(1).evaluate("() => { WebSocket.prototype.send = () => {}; }");
        says(chat, unsent);
        assertThat(chat.getByRole(AriaRole.LOG)).containsText(unsent);
        chat.getByRole(AriaRole.TEXTBOX).fill(draft);
    }

    @Test
    void whoever_signs_in_next_sees_and_sends_nothing_of_the_one_before() throws JoseException {
        Page shop = newBrowser();
        FrameLocator chat = visit(shop, voucher("alice"));
        says(chat, "I am Alice and ordered a ring");
        assertThat(chat.getByRole(AriaRole.LOG)).containsText("Sent");
        beginsWithoutANetwork(shop, chat, "Alice wants it engraved", "Alice thinks");

        chat = visit(shop, voucher("bob"));
        assertThat(chat.getByRole(AriaRole.TEXTBOX)).hasValue("");
        says(chat, "I am Bob");
        assertThat(chat.getByRole(AriaRole.LOG)).containsText("Sent");
        assertThat(chat.getByRole(AriaRole.LOG)).not().containsText("Alice");
        ConsolePage ada = agent("Ada").opens("I am Bob");
        assertThat(ada.thread()).not().containsText("Alice");
        chat.getByRole(AriaRole.TEXTBOX).fill("Bob thinks");

        shop.evaluate("voucher => window.replyloop.identify(voucher)", voucher("alice"));

        assertThat(chat.getByRole(AriaRole.LOG)).containsText("I am Alice and ordered a ring");
        assertThat(chat.getByRole(AriaRole.LOG)).not().containsText("Bob");
        assertThat(chat.getByRole(AriaRole.TEXTBOX)).hasValue("");
    }

    @Test
    void a_sign_in_leaves_what_another_tab_of_the_same_person_has_begun() throws JoseException {
        Page one = newBrowser();
        FrameLocator hers = visit(one, voucher("dora"));
        says(hers, "I am Dora");
        assertThat(hers.getByRole(AriaRole.LOG)).containsText("Sent");
        beginsWithoutANetwork(one, hers, "Dora's unsent words", "Dora thinks");

        Page other = one.context().newPage();
        visit(other, voucher("emil"));
        // What a tab that is gone has left is taken over, so by then it is known what is not.
        Page gone = one.context().newPage();
        visit(gone, voucher("dora")).getByRole(AriaRole.TEXTBOX).fill("Dora's lost words");
        gone.close();
        other.evaluate("voucher => window.replyloop.identify(voucher)", voucher("dora"));
        FrameLocator again = other.frameLocator("iframe");
        assertThat(again.getByRole(AriaRole.LOG)).containsText("I am Dora");
        assertThat(again.getByRole(AriaRole.TEXTBOX)).hasValue("Dora's lost words");
        again.getByRole(AriaRole.TEXTBOX).fill("");
        other.close();

        hers = visit(one, voucher("dora"));
        assertThat(hers.getByRole(AriaRole.TEXTBOX)).hasValue("Dora thinks");
        assertThat(hers.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("unsent words")))
                .containsText("Sent");
    }

    @Test
    void a_page_that_says_a_moment_later_who_is_signed_in_keeps_what_they_have_begun() throws JoseException {
        Page shop = newBrowser();
        FrameLocator hers = visit(shop, voucher("fay"));
        says(hers, "I am Fay");
        assertThat(hers.getByRole(AriaRole.LOG)).containsText("Sent");
        beginsWithoutANetwork(shop, hers, "Fay's unsent words", "Fay thinks");
        List<String> tokens = new CopyOnWriteArrayList<>();
        shop.onRequest(request -> {
            if (request.url().endsWith("/api/customer/token")) {
                tokens.add(request.url());
            }
        });

        hers = visitWith(shop, "");
        assertThat(hers.getByText("Loading")).isVisible();
        assertThat(hers.getByRole(AriaRole.TEXTBOX)).hasCount(0);
        shop.evaluate("voucher => window.replyloop.identify(voucher)", voucher("fay"));

        assertThat(hers.getByRole(AriaRole.TEXTBOX)).hasValue("Fay thinks");
        assertThat(hers.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("unsent words")))
                .containsText("Sent");
        assertThat(tokens).as("her token is kept, and nobody else gets one").isEqualTo(List.of());
    }

    @Test
    void whom_the_shop_knows_is_found_again_by_a_browser_that_keeps_nothing() throws JoseException {
        Page shop = newBrowser();
        shop.addInitScript(EmbeddingTest.NOTHING_KEPT);
        FrameLocator chat = visit(shop, voucher("carol"));
        assertThat(chat.getByText("Texts that you have not sent are lost")).isVisible();
        says(chat, "I am Carol and lost a glove");
        assertThat(chat.getByRole(AriaRole.LOG)).containsText("Sent");

        chat = visit(shop, voucher("carol"));

        assertThat(chat.getByRole(AriaRole.LOG)).containsText("I am Carol and lost a glove");
    }
}
