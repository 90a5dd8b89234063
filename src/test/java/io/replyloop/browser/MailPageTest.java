package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import io.replyloop.mail.PostOffice;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people ask to be mailed, and what they do with it. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class MailPageTest extends BrowserTest {
    private static final Pattern LINK = Pattern.compile("/join/#[A-Za-z0-9_-]{43}");

    @Test
    void whoever_has_forgotten_their_password_chooses_a_new_one_by_mail() {
        String ada = account("Ada", Role.AGENT);
        Page page = newBrowser();
        try (PostOffice office = PostOffice.open()) {
            page.navigate("/console/");
            page.getByLabel("E-mail address").fill(ada);
            ConsolePage.button(page, "Forgot your password?").click();
            assertThat(page.getByLabel("E-mail address")).hasValue(ada);
            ConsolePage.button(page, "Send the link").click();
            assertThat(page.getByText("If there is an account with " + ada)).isFocused();

            Matcher link = LINK.matcher(PostOffice.text(office.awaitTo(ada)));
            Assertions.assertThat(link.find()).isTrue();
            page.navigate(link.group());
            page.getByLabel("Password").fill("a wholly different phrase");
            page.getByRole(AriaRole.BUTTON).last().click();
            assertThat(new ConsolePage(page).inbox()).isVisible();
        }
    }

    @Test
    void a_customer_has_their_conversation_mailed_once_somebody_has_answered() {
        CustomerPage wei = customer().says("Where is my tea?");
        assertThat(wei.message("Where is my tea?")).containsText("Sent");
        assertThat(ConsolePage.button(wei.page(), "Mail me this conversation")).hasCount(0);
        ConsolePage ada = agent("Ada").opens("Where is my tea?");
        ada.answers("In the kitchen.");
        String home = UUID.randomUUID() + "@home.example";
        try (PostOffice office = PostOffice.open()) {
            ConsolePage.button(wei.page(), "Mail me this conversation").press("Enter");
            assertThat(wei.page().getByLabel("Your e-mail address")).isFocused();
            wei.page().getByLabel("Your e-mail address").fill("nobody");
            wei.page().keyboard().press("Enter");
            assertThat(wei.page().getByText("This does not look like an e-mail address."))
                    .isVisible();
            wei.page().getByLabel("Your e-mail address").fill(home);
            wei.page().keyboard().press("Enter");
            assertThat(wei.page().getByText("It is on its way to " + home)).isVisible();
            Assertions.assertThat(PostOffice.text(office.awaitTo(home)))
                    .contains("Corner shop", "Where is my tea?", "In the kitchen.");
        }
        wei.page().keyboard().press("Escape");
        assertThat(ConsolePage.button(wei.page(), "Mail me this conversation")).isFocused();
        assertThat(wei.thread()).isVisible();
    }
}
