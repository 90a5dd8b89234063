package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class SignInPageTest extends BrowserTest {
    @Test
    void aWrongPasswordIsSaidAndOpensNothing() {
        String ada = account("Ada", Role.AGENT);
        Page page = newBrowser();
        page.navigate("/console/");

        ConsolePage.fillSignIn(page, ada, "not the password");

        assertThat(page.getByRole(AriaRole.ALERT)).hasText("This e-mail address and password do not belong together.");
        assertThat(new ConsolePage(page).inbox()).isHidden();

        ConsolePage.fillSignIn(page, ada, PASSWORD);
        assertThat(new ConsolePage(page).inbox()).isVisible();
    }

    @Test
    void anAgentIsNoAdmin() {
        Page page = newBrowser();
        page.navigate("/admin/");

        ConsolePage.fillSignIn(page, account("Ada", Role.AGENT), PASSWORD);

        assertThat(page.getByText("This page is for admins.")).isVisible();
        assertThat(new AdminPage(page).heading("Knowledge base")).isHidden();
    }

    @Test
    void thePagesSpeakChineseWhenAsked() {
        Page page = newBrowser();
        page.navigate("/console");

        ConsolePage.button(page, "中文").click();

        assertThat(page.getByRole(AriaRole.HEADING)).hasText("客服工作台");
        page.reload();
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("客服工作台");
    }

    @Test
    void whatAnAgentWasWritingOutlivesTheSession() {
        customer().says("Is it waterproof?");
        String email = account("Ada", Role.AGENT);
        ConsolePage ada = new ConsolePage(newBrowser()).signIn(email, PASSWORD).opens("Is it waterproof?");
        ada.editor().fill("Yes, down to");
        ada.page().context().clearCookies();

        ada.page().reload();
        ConsolePage.fillSignIn(ada.page(), email, PASSWORD);

        assertThat(ada.editor()).hasValue("Yes, down to");
    }
}
