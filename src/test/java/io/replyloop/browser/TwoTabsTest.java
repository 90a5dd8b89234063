package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One person with two tabs: neither writes over what the other keeps. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class TwoTabsTest extends BrowserTest {
    private static final Pattern STORED = Pattern.compile("Sent|Read");

    /** All tabs lose their sockets and get no others, also after a reload; the page itself does not notice who did it. */
    private static final String NETWORK = """
            const Real = WebSocket;
            window.sockets = [];
            window.WebSocket = class extends Real {
              constructor(address) {
                super(localStorage.getItem('test.cut') ? 'ws://127.0.0.1:9/' : address);
                sockets.push(this);
              }
            };
            """;

    private static void cutNetwork(Page... tabs) {
        for (Page tab : tabs) {
            tab.evaluate("localStorage.setItem('test.cut', 'yes'); sockets.forEach(socket => socket.close());");
        }
    }

    private static void mendNetwork(Page tab) {
        // Without the browser's word the page would sit out its back-off.
        tab.evaluate("localStorage.removeItem('test.cut'); dispatchEvent(new Event('online'));");
    }

    @Test
    void a_customers_unsent_messages_and_drafts_of_both_tabs_survive_the_closing_of_either() {
        Page page = newBrowser();
        BrowserContext browser = page.context();
        browser.addInitScript(NETWORK);
        CustomerPage first = new CustomerPage(page).open(site).says("Hello?");
        assertThat(first.message("Hello?")).containsText(STORED);
        CustomerPage second = new CustomerPage(browser.newPage()).open(site);
        assertThat(second.message("Hello?")).isVisible();

        cutNetwork(page, second.page());
        assertThat(page.getByText("No connection.")).isVisible();
        first.says("From the first tab");
        second.says("From the second tab");
        first.says("From the first tab again");
        first.writing().fill("Draft of the first tab");
        second.writing().fill("Draft of the second tab");
        assertThat(first.writing()).hasValue("Draft of the first tab");
        first.page().reload();
        assertThat(first.writing()).hasValue("Draft of the first tab");
        second.page().reload();
        assertThat(second.writing()).hasValue("Draft of the second tab");
        second.page().close();
        mendNetwork(page);

        for (String text : List.of("From the first tab", "From the first tab again", "From the second tab")) {
            assertThat(first.thread().getByText(text, exactly())).hasCount(1);
        }
        assertThat(first.message("From the second tab")).containsText(STORED);
        assertThat(first.message("From the first tab again")).containsText(STORED);
        CustomerPage third = new CustomerPage(browser.newPage()).open(site);
        assertThat(third.writing()).hasValue("Draft of the second tab");
        assertThat(first.writing()).hasValue("Draft of the first tab");
        ConsolePage ada = agent("Ada").opens(Pattern.compile("From the (first|second) tab"));
        assertThat(ada.message("From the second tab")).hasCount(1);
        assertThat(ada.message("From the first tab again")).hasCount(1);
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    @Test
    void an_agents_unsent_answers_and_drafts_of_both_tabs_survive_the_closing_of_either() {
        CustomerPage wei = customer().says("Where is my parcel?");
        Page page = newBrowser();
        BrowserContext browser = page.context();
        browser.addInitScript(NETWORK);
        ConsolePage first = new ConsolePage(page)
                .signIn(account("Ada", Role.AGENT), PASSWORD)
                .opens("Where is my parcel?");
        Page other = browser.newPage();
        other.navigate("/console/");
        ConsolePage second = new ConsolePage(other).opens("Where is my parcel?");

        cutNetwork(page, second.page());
        first.answers("Answer of the first tab");
        second.answers("Answer of the second tab");
        first.editor().fill("Draft of the first tab");
        second.editor().fill("Draft of the second tab");
        second.page().close();
        mendNetwork(page);

        assertThat(wei.message("Answer of the first tab")).hasCount(1);
        assertThat(wei.message("Answer of the second tab")).hasCount(1);
        assertThat(first.editor()).hasValue("Draft of the first tab");
        Page later = browser.newPage();
        later.navigate(page.url());
        // They were written within a blink: either may count as the newer one, which stays in the editor.
        Pattern draft = Pattern.compile("Draft of the (first|second) tab");
        Locator aside = later.locator("blockquote");
        assertThat(aside).hasText(draft);
        assertThat(new ConsolePage(later).editor()).hasValue(draft);
        assertThat(new ConsolePage(later).editor()).not().hasValue(aside.innerText());
        later.close();
        page.reload();
        page.getByText("Put it before the text").click();
        assertThat(first.editor())
                .hasValue(Pattern.compile(
                        "Draft of the (first tab\n+Draft of the second|second tab\n+Draft of the first) tab"));
    }

    @Test
    void what_the_version_before_has_kept_of_an_agent_is_still_sent_and_still_there() {
        CustomerPage wei = customer().says("Is there an update?");
        ConsolePage ada = agent("Ada").opens("Is there an update?");
        Page page = ada.page();
        page.evaluate("""
                async () => {
                  const conversation = location.hash.replace('#/c/', '');
                  const { id } = await (await fetch('/api/session')).json();
                  const frame = { type: 'send', id: '0190f3a1-5b0e-4c3a-9a41-2f6d0c8e1b22', conversation,
                    text: 'Answered before the update' };
                  localStorage.setItem(`replyloop.console.${id}.outbox`, JSON.stringify([{ frame, at: 1 }]));
                  localStorage.setItem(`replyloop.console.${id}.draft.${conversation}`,
                    JSON.stringify({ text: 'Begun before the update', mode: 'reply' }));
                }""");
        page.reload();

        assertThat(wei.message("Answered before the update")).hasCount(1);
        assertThat(ada.editor()).hasValue("Begun before the update");
    }

    @Test
    void what_the_version_before_has_kept_is_still_sent_and_still_there() {
        Page page = newBrowser();
        page.addInitScript("if (!localStorage.getItem('seeded')) { localStorage.setItem('seeded', 'yes');"
                + " localStorage.setItem('replyloop.widget." + site
                + ".outbox', JSON.stringify([{ frame: { type: 'send',"
                + " id: '0190f3a1-5b0e-4c3a-9a41-2f6d0c8e1b11', text: 'Written before the update' }, at: 1 }]));"
                + " localStorage.setItem('replyloop.widget." + site + ".draft', 'Begun before the update'); }");

        CustomerPage wei = new CustomerPage(page).open(site);

        assertThat(wei.message("Written before the update")).containsText(STORED);
        assertThat(wei.writing()).hasValue("Begun before the update");
    }
}
