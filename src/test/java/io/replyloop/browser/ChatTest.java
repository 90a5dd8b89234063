package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class ChatTest extends BrowserTest {
    /** An agent who looks at the conversation may have read a message before the customer's page shows it as sent. */
    private static final Pattern STORED = Pattern.compile("Sent|Read");

    @Test
    void a_customer_and_an_agent_talk() {
        CustomerPage wei = customer().says("Where is parcel 4711?");
        ConsolePage ada = agent("Ada").opens("Where is parcel 4711?");

        ada.answers("It arrives tomorrow.");

        assertThat(wei.message("It arrives tomorrow.")).containsText("Ada");
        assertThat(wei.message("Where is parcel 4711?")).containsText("Read");
        assertThat(ada.message("It arrives tomorrow.")).containsText("Read by the customer");
    }

    @Test
    void a_conversation_comes_back_after_a_reload() {
        CustomerPage wei = customer().says("Do you open on Sundays?");
        assertThat(wei.message("Do you open on Sundays?")).containsText("Sent");
        wei.writing().fill("I mean in");

        wei.page().reload();

        assertThat(wei.message("Do you open on Sundays?")).containsText("Sent");
        assertThat(wei.writing()).hasValue("I mean in");
    }

    @Test
    void a_note_is_never_sent_to_the_customer() {
        List<String> received = new ArrayList<>();
        CustomerPage wei = new CustomerPage(newBrowser());
        wei.page().onWebSocket(socket -> socket.onFrameReceived(frame -> received.add(frame.text())));
        wei.open(site).says("My lamp is broken.");
        ConsolePage ada = agent("Ada").opens("My lamp is broken.");

        ada.notes("Known defect of series 7, tell nobody.");
        ada.answers("You get a new one.");

        assertThat(ada.message("Known defect")).containsText("Internal note");
        assertThat(wei.message("You get a new one.")).isVisible();
        assertThat(wei.thread()).not().containsText("Known defect");
        assertThat(received.stream().anyMatch(frame -> frame.contains("Known defect")))
                .as(received::toString)
                .isFalse();
    }

    @Test
    void nothing_is_lost_or_doubled_when_the_connection_breaks() {
        AtomicBoolean networkThere = new AtomicBoolean(true);
        AtomicReference<WebSocketRoute> connection = new AtomicReference<>();
        CustomerPage wei = new CustomerPage(newBrowser());
        wei.page().routeWebSocket("**/ws/customer", route -> {
            if (networkThere.get()) {
                connection.set(route);
                route.connectToServer();
            } else {
                breakOff(route);
            }
        });
        wei.open(site).says("First");
        ConsolePage ada = agent("Ada").opens("First");

        networkThere.set(false);
        breakOff(connection.get());
        assertThat(wei.page().getByText("No connection.")).isVisible();
        wei.says("Second");
        ada.answers("Answer while you were away");
        assertThat(wei.message("Second")).containsText("Sending");
        networkThere.set(true);

        assertThat(wei.message("Second")).containsText(STORED);
        assertThat(wei.message("Answer while you were away")).hasCount(1);
        assertThat(wei.message("Second")).hasCount(1);
        assertThat(ada.message("Second")).hasCount(1);
    }

    @Test
    void a_message_whose_acknowledgement_is_lost_is_stored_once() {
        AtomicBoolean deaf = new AtomicBoolean(false);
        AtomicReference<WebSocketRoute> connection = new AtomicReference<>();
        CustomerPage wei = new CustomerPage(newBrowser());
        wei.page().routeWebSocket("**/ws/customer", route -> {
            connection.set(route);
            WebSocketRoute toServer = route.connectToServer();
            toServer.onMessage(frame -> {
                if (!deaf.get()) {
                    route.send(frame.text());
                }
            });
        });
        wei.open(site).says("First");
        ConsolePage ada = agent("Ada").opens("First");

        deaf.set(true);
        wei.says("Only once, please");
        assertThat(ada.message("Only once, please")).isVisible();
        assertThat(wei.message("Only once, please")).containsText("Sending");
        deaf.set(false);
        breakOff(connection.get());

        assertThat(wei.message("Only once, please")).containsText(STORED);
        assertThat(wei.message("Only once, please")).hasCount(1);
        assertThat(ada.message("Only once, please")).hasCount(1);
    }

    @Test
    void an_answer_that_the_customer_has_overtaken_asks_first() {
        AtomicBoolean deaf = new AtomicBoolean(false);
        List<String> heldBack = new ArrayList<>();
        AtomicReference<WebSocketRoute> connection = new AtomicReference<>();
        CustomerPage wei = customer().says("Please cancel my order");
        ConsolePage ada = new ConsolePage(newBrowser());
        ada.page().routeWebSocket("**/ws/agent", route -> {
            connection.set(route);
            route.connectToServer().onMessage(frame -> {
                if (deaf.get()) {
                    heldBack.add(frame.text());
                } else {
                    route.send(frame.text());
                }
            });
        });
        ada.signIn(account("Ada", Role.AGENT), PASSWORD).opens("Please cancel my order");

        deaf.set(true);
        wei.says("No, wait, keep it");
        assertThat(wei.message("No, wait, keep it")).containsText("Sent");
        ada.answers("It is cancelled.");
        ada.page().waitForCondition(() -> heldBack.stream().anyMatch(frame -> frame.contains("thread-moved-on")));
        deaf.set(false);
        heldBack.forEach(connection.get()::send);

        assertThat(ada.message("No, wait, keep it")).isVisible();
        assertThat(ada.warning()).containsText("has not been sent");
        assertThat(ada.warning()).containsText("No, wait, keep it");
        assertThat(wei.thread()).not().containsText("It is cancelled.");
        ConsolePage.button(ada.page(), "Back to the editor").click();
        assertThat(ada.editor()).hasValue("It is cancelled.");
        assertThat(ada.message("It is cancelled.")).hasCount(0);
    }

    @Test
    void typing_resolving_and_reopening_are_seen_on_the_other_side() {
        CustomerPage wei = customer().says("Thank you");
        ConsolePage ada = agent("Ada").opens("Thank you");

        ada.editor().pressSequentially("You are wel");
        assertThat(wei.page().getByText("Ada is typing…")).isVisible();
        ada.editor().fill("");

        ConsolePage.button(ada.page(), "Resolve").click();
        assertThat(wei.page().getByText("This conversation is resolved.")).isVisible();

        wei.says("One more thing");
        assertThat(ada.thread()).containsText("Reopened");
        assertThat(wei.page().getByText("This conversation is resolved.")).isHidden();
    }

    @Test
    void a_page_too_many_says_so_and_goes_on_by_itself_when_another_one_closes() {
        String said = "I never close a page.";
        CustomerPage first = customer().says(said);
        assertThat(first.message(said)).containsText(STORED);
        BrowserContext browser = first.page().context();
        CustomerPage last = first;
        for (int i = 1; i < 10; i++) {
            last = new CustomerPage(browser.newPage()).open(site);
            assertThat(last.message(said)).containsText(STORED);
        }

        CustomerPage eleventh = new CustomerPage(browser.newPage());
        eleventh.page().clock().install();
        eleventh.open(site);
        Locator notice = eleventh.page()
                .getByRole(AriaRole.STATUS)
                .filter(new Locator.FilterOptions().setHasText("Too many pages with this chat are open."));
        assertThat(notice).isVisible();
        assertThat(eleventh.message(said)).hasCount(0);
        ConsolePage.button(eleventh.page(), "中文").click();
        assertThat(eleventh.page().getByText("打开的聊天页面过多。")).isVisible();
        ConsolePage.button(eleventh.page(), "English").click();
        eleventh.says("Are you there?");

        last.page().close();
        // The wait is over; should the server see the closing later, a second one of at most as long follows.
        eleventh.page().clock().fastForward(30_000);
        assertThat(eleventh.message(said)).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        assertThat(eleventh.message("Are you there?")).containsText(STORED);
        assertThat(notice).hasCount(0);
    }

    @Test
    void text_of_strangers_stays_text() {
        String attack = "<img src=x onerror=document.title='owned'><b>bold</b> javascript:alert(1)";
        customer().says(attack);
        ConsolePage ada = agent("Ada").opens(attack);

        assertThat(ada.message(attack).getByText(attack)).hasText(attack);
        assertThat(ada.thread().locator("img, b, a[href^=javascript]")).hasCount(0);
        assertThat(ada.page()).not().hasTitle("owned");
    }

    private static void breakOff(WebSocketRoute connection) {
        connection.close(new WebSocketRoute.CloseOptions().setCode(4000).setReason("broken by the test"));
    }
}
