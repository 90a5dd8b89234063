package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import io.replyloop.signin.Authenticator;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class AccountsPageTest extends AccessibilityTest {
    private static Locator dialog(Page page) {
        return page.getByRole(AriaRole.DIALOG);
    }

    @Test
    void somebody_joins_by_a_link_forgets_their_password_and_gets_in_by_another() {
        String email = UUID.randomUUID() + "@team.example";
        AdminPage grace = admin().goTo("People");
        Page page = grace.page();
        grace.button("Add a person").click();
        dialog(page).getByLabel("E-mail address").fill(email);
        dialog(page).getByLabel("Name").fill("Ben");
        grace.button("Make the link").click();
        assertThat(dialog(page)).containsText("Give Ben this link");
        axe.looksAtWindow(page, "people, link to hand over");
        String link = dialog(page).locator("code").textContent();
        grace.button("Close").click();
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Invited")))
                .containsText(email);
        axe.looksAt(page, "people, with an invitation");

        Page bens = newBrowser();
        bens.navigate(link);
        assertThat(bens.getByLabel("Your name")).hasValue("Ben");
        axe.looksAt(bens, "join");
        ConsolePage.button(bens, "中文").click();
        axe.glancesAt(bens, "join in Chinese");
        ConsolePage.button(bens, "English").click();
        bens.getByLabel("Your name").fill("Benjamin");
        bens.getByLabel("Password").fill(PASSWORD);
        bens.keyboard().press("Enter");
        assertThat(new ConsolePage(bens).inbox()).isVisible();

        Page late = newBrowser();
        late.navigate(link);
        assertThat(late.getByRole(AriaRole.ALERT)).containsText("This link is used");

        page.reload();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Edit: Benjamin").setExact(true))
                .last()
                .click();
        assertThat(dialog(page)).containsText("Chrome on Linux");
        grace.button("Link for a new password").click();
        assertThat(dialog(page)).containsText("Give Benjamin this link");
        axe.looksAtWindow(page, "people, edited");
        late.navigate(dialog(page).locator("code").textContent());
        late.getByLabel("Password").fill("staple the correct horse");
        ConsolePage.button(late, "Set it and sign in").click();
        assertThat(new ConsolePage(late).inbox()).isVisible();
        assertThat(bens.getByText("Your session has ended.")).isVisible();
    }

    @Test
    void a_person_ends_their_session_in_another_browser_which_notices_at_once() {
        String email = account("Ada", Role.AGENT);
        ConsolePage elsewhere = new ConsolePage(newBrowser()).signIn(email, PASSWORD);
        Page page = new ConsolePage(newBrowser()).signIn(email, PASSWORD).page();
        ConsolePage.button(page, "Your account: Ada").click();
        Locator devices =
                page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Where you are signed in"));
        assertThat(devices.getByRole(AriaRole.LISTITEM)).hasCount(2);
        assertThat(devices.getByText("this one")).hasCount(1);
        axe.looksAtWindow(page, "your account");

        devices.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out: Chrome on Linux"))
                .click();

        assertThat(devices.getByRole(AriaRole.LISTITEM)).hasCount(1);
        assertThat(elsewhere.page().getByText("Your session has ended.")).isVisible();
    }

    @Test
    void a_person_sets_up_a_second_step_and_signs_in_with_it() {
        String email = account("Ada", Role.AGENT);
        Page page = new ConsolePage(newBrowser()).signIn(email, PASSWORD).page();
        ConsolePage.button(page, "Your account: Ada").click();
        ConsolePage.button(page, "Switch it on").click();
        Locator step =
                page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Second step when signing in"));
        step.getByLabel("Present password").fill(PASSWORD);
        page.keyboard().press("Enter");
        assertThat(step.getByRole(AriaRole.IMG)).isVisible();
        axe.looksAtWindow(page, "your account, second step");
        String secret = step.locator("code").textContent().replace(" ", "");
        step.getByLabel("Code").fill(Authenticator.code(secret, 0));
        page.keyboard().press("Enter");
        assertThat(step.getByRole(AriaRole.LISTITEM)).hasCount(10);
        axe.looksAtWindow(page, "your account, recovery codes");
        String recovery = step.getByRole(AriaRole.LISTITEM).first().textContent();
        ConsolePage.button(page, "I have kept them").click();
        assertThat(step).containsText("10 recovery codes are left");

        ConsolePage.button(page, "Sign out").last().click();
        ConsolePage.fillSignIn(page, email, PASSWORD);
        assertThat(page.getByLabel("Code")).isFocused();
        axe.looksAt(page, "sign-in, code");
        page.keyboard().type("000000");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This code is wrong");
        page.keyboard().type(Authenticator.code(secret, 1));
        page.keyboard().press("Enter");
        assertThat(new ConsolePage(page).inbox()).isVisible();

        Page other = newBrowser();
        other.navigate("/console/");
        ConsolePage.fillSignIn(other, email, PASSWORD);
        ConsolePage.button(other, "Use a recovery code").click();
        other.getByLabel("Recovery code").fill(recovery);
        other.keyboard().press("Enter");
        assertThat(new ConsolePage(other).inbox()).isVisible();
    }
}
