package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a thread stands on screen: at its end, or where the person has scrolled to. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class ThreadPlaceTest extends BrowserTest {
    /** How many pixels are below what is on screen, once the page has drawn what it knows. */
    private static final String TO_THE_END = """
            box => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
              done(box.scrollHeight - box.clientHeight - box.scrollTop))))""";

    private static final String LOOKS_AWAY = """
            () => {
              Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
              document.dispatchEvent(new Event('visibilitychange'));
            }""";
    private static final String LOOKS_AGAIN = """
            () => {
              delete document.visibilityState;
              document.dispatchEvent(new Event('visibilitychange'));
            }""";

    private static Locator box(Page page) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Messages"));
    }

    private static void isAtItsEnd(Locator box) {
        box.page().waitForCondition(() -> ((Number) box.evaluate(TO_THE_END)).doubleValue() <= 2);
    }

    private static double topOf(Locator row) {
        return row.boundingBox().y;
    }

    private static void scrollUp(Page page, int pixels) {
        box(page).hover();
        box(page).evaluate("box => box.addEventListener('scrollend', () => { box.hasCome = true; }, {once: true})");
        page.mouse().wheel(0, -pixels);
        // A wheel may take its time, through places that are not the one to stay at.
        page.waitForFunction("() => { const box = document.querySelector('.messages, .scroller');"
                + " return box.hasCome && box.scrollHeight - box.clientHeight - box.scrollTop > 200; }");
        box(page).evaluate(TO_THE_END);
    }

    @Test
    void two_thousand_messages_open_at_their_end_and_the_end_is_followed() {
        Page page = newBrowser();
        LongThread thread = new LongThread(page, 2_000);
        CustomerPage wei = new CustomerPage(page).open(site);
        assertThat(wei.message("Message 2000.")).isVisible();
        assertThat(page.getByText("New messages")).hasCount(0);
        isAtItsEnd(box(page));
        assertThat(wei.thread().locator("[data-sequence='1001']")).hasCount(1);
        isAtItsEnd(box(page));

        thread.says("A long answer. ".repeat(300));
        assertThat(wei.message("A long answer.")).isVisible();
        isAtItsEnd(box(page));
        for (int i = 1; i <= 30; i++) {
            thread.says("Burst " + i + ".");
        }
        assertThat(wei.message("Burst 30.")).isVisible();
        isAtItsEnd(box(page));
        thread.breaks();
        thread.says("Never sent, for the gap");
        assertThat(wei.message("Message 2032.")).isVisible();
        isAtItsEnd(box(page));
        assertThat(page.getByText("New messages")).hasCount(0);
    }

    @Test
    void the_beginning_of_a_long_thread_comes_when_somebody_reads_towards_it_and_goes_when_they_return() {
        Page page = newBrowser();
        new LongThread(page, 2_000);
        CustomerPage wei = new CustomerPage(page).open(site);
        assertThat(wei.message("Message 2000.")).isVisible();
        Locator first = wei.thread().locator("[data-sequence='1']");
        // Is there once no more of them come by themselves.
        assertThat(page.getByText("Earlier messages")).hasCount(1);
        assertThat(wei.thread().locator("[data-sequence='1001']")).hasCount(1);
        assertThat(first).hasCount(0);
        page.waitForCondition(() -> {
            box(page).evaluate("box => box.scrollTop = 0");
            return first.count() > 0;
        });
        assertThat(first).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("To the newest message"))
                .click();
        isAtItsEnd(box(page));
        assertThat(first).hasCount(0);
        assertThat(wei.message("Message 2000.")).isVisible();
    }

    @Test
    void the_end_stays_in_sight_when_the_window_the_text_and_the_content_change_their_size() {
        Page page = newBrowser();
        new LongThread(page, 120);
        CustomerPage wei = new CustomerPage(page).open(site);
        assertThat(wei.message("Message 120.")).isVisible();
        for (int[] size : new int[][] {{390, 844}, {390, 420}, {1366, 768}, {683, 384}, {1920, 1080}}) {
            page.setViewportSize(size[0], size[1]);
            isAtItsEnd(box(page));
        }
        page.setViewportSize(700, 500);
        page.evaluate("document.documentElement.style.fontSize = '200%'");
        isAtItsEnd(box(page));
        // What loads late, as pictures do.
        page.evaluate("document.querySelector('.messages [data-sequence=\"118\"]').style.paddingTop = '333px'");
        isAtItsEnd(box(page));
        assertThat(page.getByText("New messages")).hasCount(0);
    }

    @Test
    void whoever_reads_above_stays_there_and_is_told_of_new_messages_only() {
        Page page = newBrowser();
        LongThread thread = new LongThread(page, 120);
        List<String> heard = new ArrayList<>();
        thread.whenHeard(heard::add);
        CustomerPage wei = new CustomerPage(page).open(site);
        assertThat(wei.message("Message 120.")).isVisible();
        page.waitForCondition(() -> heard.stream().anyMatch(frame -> frame.contains("\"sequence\":120")));
        scrollUp(page, 2_000);
        assertThat(page.getByText("New messages")).hasCount(0);
        Locator row = wei.thread().locator("[data-sequence='90']");
        double before = topOf(row);

        thread.says("Something new");
        assertThat(page.getByText("New messages")).isVisible();
        box(page).evaluate(TO_THE_END);
        assertThat(topOf(row)).isCloseTo(before, within(2.0));
        page.evaluate("document.querySelector('.messages [data-sequence=\"40\"]').style.paddingTop = '333px'");
        box(page).evaluate(TO_THE_END);
        assertThat(topOf(row)).isCloseTo(before, within(2.0));
        assertThat(heard.stream().anyMatch(frame -> frame.contains("\"sequence\":121")))
                .as(heard::toString)
                .isFalse();

        page.getByText("New messages").click();
        assertThat(page.getByText("New messages")).hasCount(0);
        isAtItsEnd(box(page));
        assertThat(box(page)).isFocused();
        page.waitForCondition(() -> heard.stream().anyMatch(frame -> frame.contains("\"sequence\":121")));
    }

    @Test
    void what_comes_while_nobody_looks_is_followed_but_not_read() {
        Page page = newBrowser();
        LongThread thread = new LongThread(page, 60);
        List<String> heard = new ArrayList<>();
        thread.whenHeard(heard::add);
        CustomerPage wei = new CustomerPage(page).open(site);
        assertThat(wei.message("Message 60.")).isVisible();
        page.evaluate(LOOKS_AWAY);

        thread.says("While you were away");
        assertThat(wei.message("While you were away")).isVisible();
        isAtItsEnd(box(page));
        assertThat(heard.stream().anyMatch(frame -> frame.contains("\"sequence\":61")))
                .as(heard::toString)
                .isFalse();

        page.evaluate(LOOKS_AGAIN);
        page.waitForCondition(() -> heard.stream().anyMatch(frame -> frame.contains("\"sequence\":61")));
        assertThat(page.getByText("New messages")).hasCount(0);
    }

    @Test
    void new_messages_are_read_out_but_history_is_not() {
        Page page = newBrowser();
        // What a screen reader is given to say: the text of rows that are added while the log is live.
        page.addInitScript("""
                window.spoken = [];
                new MutationObserver(changes => changes.forEach(({ target, addedNodes }) => addedNodes.forEach(node => {
                  const live = target.nodeType === 1 && target.closest('[role=log]');
                  if (live && live.getAttribute('aria-live') !== 'off') window.spoken.push(node.textContent);
                }))).observe(document, { childList: true, subtree: true });
                """);
        LongThread thread = new LongThread(page, 600);
        CustomerPage wei = new CustomerPage(page).open(site);
        assertThat(wei.message("Message 600.")).isVisible();
        assertThat(wei.thread()).hasAttribute("aria-live", "polite");
        assertThat(page.evaluate("spoken.length")).isEqualTo(0);

        thread.says("Good news");

        assertThat(wei.message("Good news")).isVisible();
        assertThat(page.evaluate("spoken.filter(text => text.includes('Good news')).length"))
                .isEqualTo(1);
        assertThat(page.evaluate("spoken.length")).isEqualTo(1);
    }

    @Test
    void a_folded_chat_opens_at_its_end() {
        Page shop = newBrowser();
        LongThread thread = new LongThread(shop, 80);
        shop.navigate("/shop/");
        ConsolePage.button(shop, "Open chat").click();
        FrameLocator chat = shop.frameLocator("iframe");
        assertThat(chat.getByText("Message 80.")).isVisible();
        Locator box = chat.getByRole(AriaRole.REGION, new FrameLocator.GetByRoleOptions().setName("Messages"));
        isAtItsEnd(box);
        chat.getByRole(AriaRole.TEXTBOX).press("Escape");
        for (int i = 1; i <= 20; i++) {
            thread.says("While it was folded, " + i + " of 20.");
        }

        shop.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Open chat"))
                .click();
        assertThat(chat.getByText("While it was folded, 20 of 20.")).isVisible();
        isAtItsEnd(box);
        assertThat(chat.getByText("New messages")).hasCount(0);
    }

    @Test
    void an_agent_finds_each_conversation_where_they_left_it() {
        CustomerPage wei = customer();
        for (int i = 1; i <= 12; i++) {
            wei.says("Wei asks " + i + " with many words".repeat(30));
        }
        assertThat(wei.message("Wei asks 12")).containsText("Sent");
        customer().says("Li asks nothing");
        ConsolePage ada = agent("Ada").opens("Wei asks 12");
        isAtItsEnd(box(ada.page()));
        assertThat(ada.page().getByText("New messages")).hasCount(0);
        assertThat(wei.message("Wei asks 12")).containsText("Read");
        scrollUp(ada.page(), 600);
        Locator row = ada.message("Wei asks 8 ");
        double before = topOf(row);

        ada.opens("Li asks nothing");
        wei.says("Wei asks again");
        ada.opens("Wei asks again");

        assertThat(ada.page().getByText("New messages")).isVisible();
        box(ada.page()).evaluate(TO_THE_END);
        assertThat(topOf(row)).isCloseTo(before, within(2.0));
        ada.page().getByText("New messages").click();
        isAtItsEnd(box(ada.page()));
    }
}
