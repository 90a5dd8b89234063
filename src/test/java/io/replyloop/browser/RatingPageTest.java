package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After a conversation: how it was, and what is taken along. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class RatingPageTest extends BrowserTest {
    private static Locator score(CustomerPage customer, String name) {
        return customer.page().getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void a_customer_says_how_it_was_and_the_team_reads_it() throws IOException {
        CustomerPage wei = customer().says("Where is my tea?");
        ConsolePage ada = agent("Ada").opens("Where is my tea?").notes("second time this week");
        ada.answers("In the kitchen.");
        assertThat(wei.message("In the kitchen.")).isVisible();
        ConsolePage.button(ada.page(), "Resolve").click();

        score(wei, "4 of 5: Good").press("Space");
        wei.page().getByLabel("Anything you want to add? (optional)").fill("Quick and kind");
        ConsolePage.button(wei.page(), "Send rating").click();

        assertThat(wei.page().getByText("Thank you. You said: Good")).isFocused();
        assertThat(ada.thread()).containsText("The customer’s rating: 4 of 5: Good: Quick and kind");
        assertThat(ada.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Customer")))
                .containsText("4 of 5: Good: Quick and kind");

        wei.page().reload();
        assertThat(wei.page().getByText("Thank you. You said: Good")).isVisible();
        wei.says("One more cup");
        assertThat(wei.page().getByText("Thank you. You said: Good")).hasCount(0);
        ada.page().bringToFront();
        assertThat(ada.message("One more cup")).isVisible();
        ConsolePage.button(ada.page(), "Resolve").click();
        ConsolePage.button(wei.page(), "No, thanks").click();
        assertThat(score(wei, "4 of 5: Good")).hasCount(0);
        wei.page().reload();
        assertThat(wei.message("One more cup")).isVisible();
        assertThat(wei.page().getByText("This conversation is resolved.")).isVisible();
        assertThat(score(wei, "4 of 5: Good")).hasCount(0);

        String own = saved(wei.page());
        Assertions.assertThat(own)
                .contains("Corner shop", "You: Where is my tea?", "Ada: In the kitchen.", "* Marked as resolved")
                .doesNotContain("second time this week");
        Assertions.assertThat(saved(ada.page())).contains("Where is my tea?").doesNotContain("second time this week");

        ConsolePage.button(wei.page(), "Start a new conversation").click();
        assertThat(wei.page().getByText("Your next message starts a new conversation."))
                .isVisible();
        wei.says("Now about the cake");
        assertThat(wei.message("One more cup")).hasCount(0);
        ConsolePage.button(wei.page(), "Earlier conversations").click();
        wei.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("One more cup")))
                .click();
        assertThat(wei.page().getByText("In the kitchen.")).isVisible();
        ada.page().bringToFront();
        assertThat(ada.page().getByText("The customer has begun another conversation since."))
                .isVisible();
        ConsolePage.button(ada.page(), "Open the newest").click();
        assertThat(ada.message("Now about the cake")).isVisible();
    }

    private static String saved(Page page) throws IOException {
        Download download = page.waitForDownload(
                () -> ConsolePage.button(page, "Save this conversation").click());
        Assertions.assertThat(download.suggestedFilename()).matches("conversation-\\d{4}-\\d\\d-\\d\\d\\.txt");
        return Files.readString(download.path());
    }
}
