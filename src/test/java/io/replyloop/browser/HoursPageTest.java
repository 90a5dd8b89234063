package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin says when the team is there; customers read when it is back, and agents what was written meanwhile. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class HoursPageTest extends BrowserTest {
    @Test
    void outside_the_hours_customers_read_when_somebody_is_back_and_agents_see_that_it_was_so() throws IOException {
        AdminPage grace = admin().goTo("Websites");
        Page page = grace.page();
        Locator card = page.getByRole(AriaRole.REGION).filter(new Locator.FilterOptions().setHasText(site));
        assertThat(card).containsText("Always open.");
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Edit · Opening hours: Corner shop"))
                .click();
        Locator dialog =
                page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Opening hours: Corner shop"));
        dialog.getByLabel("The team is there at certain hours only").check();
        assertThat(dialog.getByLabel("Monday, from (1)")).hasValue("09:00");
        // Whenever this runs, today and tomorrow are holidays.
        for (int i = 0; i < 2; i++) {
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add a holiday"))
                    .click();
            dialog.getByLabel("Date")
                    .nth(i)
                    .fill(LocalDate.now(ZoneOffset.UTC).plusDays(i).toString());
        }
        dialog.getByLabel("Text in English").fill("Gone fishing.");
        Axe axe = new Axe();
        axe.looksAt(page, "opening hours");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save"))
                .click();
        assertThat(dialog).hasCount(0);
        assertThat(card).containsText("Mon–Fri 09:00–17:00");
        assertThat(card).containsText("Holidays: 2");

        CustomerPage wei = customer();
        // At the top, and below the messages.
        assertThat(wei.page().getByText(Pattern.compile("^We are back on"))).hasCount(2);
        assertThat(wei.page().getByText("Gone fishing."))
                .hasText(Pattern.compile("Gone fishing\\.We are back on .+ at 09:00"));
        wei.says("Are you closed on holidays?");
        axe.looksAt(wei.page(), "closed");

        ConsolePage ada = agent("Ada").opens("Are you closed on holidays?");
        assertThat(ada.page().getByText("Written outside hours")).isVisible();
        ada.answers("I am.");
        assertThat(wei.message("I am.")).isVisible();
        assertThat(ada.page().getByText("Written outside hours")).hasCount(0);
        Assertions.assertThat(axe.found()).isEmpty();
    }
}
