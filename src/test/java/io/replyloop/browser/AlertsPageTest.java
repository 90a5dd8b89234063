package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An agent who has something else in front of them hears that a customer writes. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class AlertsPageTest extends BrowserTest {
    /** The desktop, which a browser without a window lacks, and whether this window is in front of it. */
    private static final String DESKTOP = """
            window.shown = [];
            window.isInFront = true;
            document.hasFocus = () => window.isInFront;
            window.Notification = class {
              static permission = 'default';
              static requestPermission() {
                Notification.permission = 'granted';
                return Promise.resolve('granted');
              }
              constructor(title, { body }) {
                Object.assign(this, { title, body });
                window.shown.push(this);
              }
              close() {}
            };
            """;

    private static final Pattern SOME_WAIT = Pattern.compile("^\\([1-9]\\d*\\) ");

    @Test
    void a_message_is_on_the_desktop_in_the_title_and_on_the_icon_and_a_click_leads_to_it() {
        String first = "My lamp is dark " + UUID.randomUUID();
        String second = "My lamp shines again " + UUID.randomUUID();
        ConsolePage ada = agent("Ada");
        Page page = ada.page();
        page.addInitScript(DESKTOP);
        page.reload();
        assertThat(ada.inbox()).isVisible();

        ConsolePage.button(page, "Sounds and notifications").click();
        page.getByRole(
                        AriaRole.CHECKBOX,
                        new Page.GetByRoleOptions()
                                .setName("Show a notification on the desktop while another window is in front"))
                .check();
        ConsolePage.button(page, "Close").click();
        page.evaluate("() => { window.isInFront = false; }");
        CustomerPage wei = customer().says(first);

        page.waitForFunction("text => window.shown.some(({ body }) => body === text)", first);
        assertThat(page).hasTitle(SOME_WAIT);
        assertThat(page.locator("link[rel~=icon]")).hasAttribute("href", Pattern.compile("^data:image/svg"));
        page.evaluate("text => window.shown.find(({ body }) => body === text).onclick()", first);
        assertThat(ada.message(first)).isVisible();

        page.evaluate("() => { window.isInFront = true; }");
        wei.says(second);
        assertThat(ada.message(second)).isVisible();
        // By the same frame, a notification would have come.
        assertThat(ada.inboxRow(second)).isVisible();
        Assertions.assertThat(page.evaluate("text => window.shown.some(({ body }) => body === text)", second))
                .isEqualTo(false);
    }
}
