package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A customer who waits reads where they stand, and who takes the conversation. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class QueuePageTest extends BrowserTest {
    @Test
    void a_customer_reads_their_place_until_somebody_takes_the_conversation() {
        ConsolePage ada = agent("Ada");
        CustomerPage wei = customer().says("Is it my turn?");
        Locator place = wei.page().getByText(Pattern.compile("^You are (next|number \\d+ in the queue)"));
        assertThat(place).isVisible();

        ada.opens("Is it my turn?");
        ConsolePage.button(ada.page(), "Take").click();

        assertThat(wei.thread()).containsText("Ada has joined");
        assertThat(place).hasCount(0);
    }
}
