package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a page says, and when, about what is between it and its server. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class NetworkTroubleTest extends BrowserTest {
    private static final Pattern STORED = Pattern.compile("Sent|Read");

    private static Locator status(Page page, String text) {
        return page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText(text));
    }

    @Test
    void a_page_that_goes_offline_says_so_and_goes_on_when_it_is_back() {
        CustomerPage wei = customer().says("Is anybody there?");
        assertThat(wei.message("Is anybody there?")).containsText(STORED);
        ConsolePage ada = agent("Ada").opens("Is anybody there?");
        // The page has the messages of all languages once it has had nothing else to do.
        wei.page()
                .waitForFunction(
                        "(of => of('zh') > 0 && of('zh') === of('en'))(language => performance.getEntriesByType('resource')"
                                + ".filter(({ name }) => name.includes('/assets/' + language + '-')).length)");

        for (Page page : new Page[] {wei.page(), ada.page()}) {
            page.context().setOffline(true);
            assertThat(status(page, "You are offline. What you write is kept")).isVisible();
        }
        wei.says("Written in a tunnel");
        assertThat(wei.message("Written in a tunnel")).containsText("Sending");
        ConsolePage.button(wei.page(), "中文").click();
        assertThat(status(wei.page(), "您已离线。您写的内容已保存")).isVisible();
        wei.page().context().setOffline(false);
        ada.page().context().setOffline(false);

        assertThat(ada.message("Written in a tunnel")).isVisible();
        assertThat(wei.page().getByText("您已离线。")).hasCount(0);
        assertThat(ada.page().getByText("You are offline.")).hasCount(0);
    }

    @Test
    void a_server_that_has_fallen_silent_is_told_of_and_what_is_written_arrives_later() {
        AtomicBoolean deaf = new AtomicBoolean(false);
        CustomerPage wei = new CustomerPage(newBrowser());
        wei.page().clock().install();
        wei.page().routeWebSocket("**/ws/customer", route -> {
            WebSocketRoute server = route.connectToServer();
            route.onMessage(frame -> {
                if (!deaf.get()) {
                    server.send(frame.text());
                }
            });
        });
        wei.open(site).says("First");
        assertThat(wei.message("First")).containsText(STORED);

        deaf.set(true);
        wei.says("Into the void");
        assertThat(wei.message("Into the void")).containsText("Sending");
        wei.page().clock().fastForward(2_000);
        assertThat(status(wei.page(), "The server does not answer. What you write is kept"))
                .isVisible();
        deaf.set(false);
        ConsolePage.button(wei.page(), "Try now").click();

        assertThat(wei.message("Into the void")).containsText(STORED);
        assertThat(wei.page().getByText("The server does not answer.")).hasCount(0);
    }

    @Test
    void an_interruption_is_counted_down_but_read_out_once() {
        AtomicBoolean networkThere = new AtomicBoolean(false);
        Page page = newBrowser();
        page.routeWebSocket("**/ws/customer", route -> {
            if (networkThere.get()) {
                route.connectToServer();
            } else {
                route.close(new WebSocketRoute.CloseOptions().setCode(4000).setReason("broken by the test"));
            }
        });
        CustomerPage wei = new CustomerPage(page).open(site);
        Locator said = status(page, "No connection.");
        assertThat(said).isVisible();
        assertThat(page.getByText(Pattern.compile("Next try in \\d+ s"))).isVisible();
        assertThat(said)
                .hasText(
                        "No connection. What you write is kept and sent as soon as it is back.",
                        new LocatorAssertions.HasTextOptions().setUseInnerText(true));

        networkThere.set(true);
        ConsolePage.button(page, "Try now").click();

        assertThat(said).hasCount(0);
        wei.says("There you are");
        assertThat(wei.message("There you are")).containsText(STORED);
    }

    @Test
    void a_browser_without_storage_is_not_told_that_anything_is_kept() {
        Page page = newBrowser();
        page.addInitScript(
                "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };");
        CustomerPage wei = new CustomerPage(page).open(site);

        wei.writing().fill("Hel");
        assertThat(status(page, "This browser’s storage is full")).isVisible();
        page.context().setOffline(true);

        assertThat(status(page, "You are offline. This browser’s storage is full"))
                .isVisible();
        assertThat(page.getByText("is kept")).hasCount(0);
    }

    @Test
    void over_plain_http_people_talk_as_well() {
        Page chat = newBrowser();
        String plain = serverAt(PLAIN_HTTP_HOST);
        chat.navigate(plain + "widget/?site=" + site);
        assertThat(chat.evaluate("isSecureContext")).isEqualTo(false);
        CustomerPage wei = new CustomerPage(chat).says("Do you hear me?");
        assertThat(wei.message("Do you hear me?")).containsText(STORED);
        Page desk = newBrowser();
        desk.navigate(plain + "console/");
        ConsolePage.fillSignIn(desk, account("Ada", Role.AGENT), PASSWORD);

        ConsolePage ada = new ConsolePage(desk).opens("Do you hear me?");
        ConsolePage.button(desk, "Take").click();
        ada.answers("Loud and clear.");

        assertThat(wei.message("Loud and clear.")).isVisible();
        assertThat(ConsolePage.button(desk, "Release")).isVisible();
    }

    @Test
    void who_comes_by_a_name_that_the_server_does_not_know_is_told_what_to_set() {
        String address = serverAt(UNKNOWN_HOST);
        String told = "The server does not know " + address.replaceFirst("/$", "") + " as its own address.";
        Page chat = newBrowser();
        chat.navigate(address + "widget/?site=" + site);
        CustomerPage wei = new CustomerPage(chat).says("Does this work?");
        assertThat(status(chat, told)).containsText("replyloop.public-address");
        assertThat(wei.message("Does this work?")).containsText("Sending");
        ConsolePage.button(chat, "中文").click();
        assertThat(status(chat, "replyloop.public-address")).containsText("服务器不识别地址");

        Page desk = newBrowser();
        desk.navigate(address + "console/");
        ConsolePage.fillSignIn(desk, account("Ada", Role.AGENT), PASSWORD);
        assertThat(desk.getByRole(AriaRole.ALERT)).containsText(told);
    }

    private String serverAt(String host) {
        return server.toString().replaceFirst("//[^:/]+", "//" + host);
    }
}
