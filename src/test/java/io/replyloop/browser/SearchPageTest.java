package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An agent looks for what somebody wrote. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class SearchPageTest extends BrowserTest {
    @Test
    void a_message_is_found_by_keyboard_opened_in_its_place_and_linked_to() throws IOException {
        String word = "needle" + UUID.randomUUID().toString().substring(0, 8);
        CustomerPage wei = customer();
        wei.says("Where is my " + word + " 包裹?");
        for (int i = 1; i <= 20; i++) {
            wei.says("Something else " + i + ".");
        }
        ConsolePage anna = agent("Anna");
        Page page = anna.page();

        page.keyboard().press("f");
        Locator field = page.getByRole(
                AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Search messages and customers"));
        assertThat(field).isFocused();
        field.fill(word + " 包裹");
        Locator hit = anna.inbox().getByRole(AriaRole.BUTTON).filter(new Locator.FilterOptions().setHasText(word));
        assertThat(hit).hasCount(1);
        hit.press("Enter");
        assertThat(anna.message(word)).isInViewport();
        assertThat(anna.message("Something else 20.")).not().isInViewport();
        Axe axe = new Axe();
        axe.looksAtWindow(page, "console, search");
        assertThat(axe.found()).isEmpty();

        page.navigate(page.url() + "/1");
        page.reload();
        assertThat(anna.message(word)).isInViewport();
        field.fill("nothing-" + word);
        assertThat(anna.inbox().getByText("Nothing found.")).isVisible();
        field.press("Escape");
        assertThat(anna.inboxRow("Something else 20.")).isVisible();
    }
}
