package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class SignInPageTest extends BrowserTest {
    @Test
    void a_wrong_password_is_said_and_opens_nothing() {
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
    void an_agent_is_no_admin() {
        Page page = newBrowser();
        page.navigate("/admin/");

        ConsolePage.fillSignIn(page, account("Ada", Role.AGENT), PASSWORD);

        assertThat(page.getByText("This page is for admins.")).isVisible();
        assertThat(new AdminPage(page).heading("Overview")).isHidden();
    }

    @Test
    void the_pages_speak_chinese_when_asked() {
        Page page = newBrowser();
        page.navigate("/console");

        ConsolePage.button(page, "中文").click();

        assertThat(page.getByRole(AriaRole.HEADING)).hasText("客服工作台");
        page.reload();
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("客服工作台");
    }

    @Test
    void an_agent_changes_their_password_and_is_told_in_their_language_what_is_wrong_with_it() {
        String email = account("Ada", Role.AGENT);
        ConsolePage ada = new ConsolePage(newBrowser()).signIn(email, PASSWORD);
        Page page = ada.page();
        page.setViewportSize(390, 844);
        ConsolePage.button(page, "中文").click();
        ConsolePage.button(page, "您的账号：Ada").click();
        // As a browser would send it that does not look at forms.
        page.evaluate("document.querySelector('dialog form').noValidate = true");
        page.getByLabel("当前密码").fill("not the password");
        page.getByLabel("新密码").fill("staple the correct horse");
        ConsolePage.button(page, "修改").click();
        assertThat(page.getByRole(AriaRole.ALERT).filter(filled())).hasText("“当前密码”不正确，请重新输入。");
        page.getByLabel("当前密码").fill(PASSWORD);
        page.getByLabel("新密码").fill("short");
        ConsolePage.button(page, "修改").click();
        assertThat(page.getByRole(AriaRole.ALERT).filter(filled())).hasText("“新密码”至少需要 10 个字符。");
        page.getByLabel("新密码").fill("staple the correct horse");
        ConsolePage.button(page, "修改").click();
        assertThat(page.getByText("密码已修改。")).isVisible();

        ConsolePage.button(page, "退出登录").click();
        page.getByLabel("邮箱").fill(email);
        page.getByLabel("密码").fill("staple the correct horse");
        ConsolePage.button(page, "登录").click();
        assertThat(ConsolePage.button(page, "您的账号：Ada")).isVisible();
    }

    private static Locator.FilterOptions filled() {
        return new Locator.FilterOptions().setHasText(Pattern.compile("."));
    }

    @Test
    void a_signed_in_console_under_a_name_that_the_server_does_not_know_says_why() {
        ConsolePage ada = agent("Ada");
        String elsewhere = "http://" + UNKNOWN_HOST + ":" + server.getPort();
        List<Cookie> cookies = ada.page().context().cookies();
        ada.page()
                .context()
                .addCookies(cookies.stream()
                        .filter(cookie -> cookie.name.equals("replyloop_session"))
                        .map(cookie -> new Cookie(cookie.name, cookie.value).setUrl(elsewhere))
                        .toList());
        ada.page().navigate(elsewhere + "/console/");
        assertThat(ada.page().getByText("The server does not know " + elsewhere + " as its own address."))
                .isVisible();
    }

    @Test
    void what_an_admin_had_begun_outlives_the_session_also_where_somebody_signs_in_whom_the_page_is_not_for() {
        AdminPage grace = admin().goTo("People");
        Page page = grace.page();
        grace.button("Add a person").click();
        page.locator("[name=name]").fill("Ben");
        page.locator("[name=email]").fill(UUID.randomUUID() + "@team.example");
        page.context().clearCookies();
        grace.button("Make the link").click();
        Locator again = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Sign in"));
        signInAgain(again, account("Ada", Role.AGENT));
        assertThat(again).containsText("This page is for admins.");
        grace.button("Not now").click();
        assertThat(again).isHidden();

        grace.button("Make the link").click();
        signInAgain(again, account("Alan", Role.ADMIN));
        assertThat(again).isHidden();

        grace.button("Cancel").click();
        assertThat(grace.button("Discard it")).isVisible();
        // As browsers do on a second Escape: the question comes again, above the window and not under it.
        page.evaluate("document.querySelector('dialog').close()");
        grace.button("Go on editing").click();
        assertThat(page.locator("[name=name]")).hasValue("Ben");
        grace.button("Make the link").click();
        assertThat(page.getByText("Give Ben this link")).isVisible();
        grace.button("Close").click();
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("Ben");
    }

    private static void signInAgain(Locator window, String email) {
        window.getByLabel("E-mail address").fill(email);
        window.getByLabel("Password").fill(PASSWORD);
        window.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Sign in").setExact(true))
                .click();
    }

    @Test
    void what_an_agent_was_writing_outlives_the_session() {
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
