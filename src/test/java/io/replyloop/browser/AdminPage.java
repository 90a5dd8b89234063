package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The administration as an admin sees it. */
record AdminPage(Page page) {
    /** For whoever is signed in already. */
    AdminPage open() {
        page.navigate("/admin/#/knowledge");
        assertThat(heading("Knowledge base")).isVisible();
        return this;
    }

    AdminPage signIn(String email, String password) {
        page.navigate("/admin/#/knowledge");
        ConsolePage.fillSignIn(page, email, password);
        assertThat(heading("Knowledge base")).isVisible();
        return this;
    }

    AdminPage goTo(String section) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(section))
                .click();
        assertThat(heading(section)).isVisible();
        return this;
    }

    /** Chooses a file in the import window, which has it checked. */
    AdminPage checksImport(String name, String content) {
        return checksImport(name, content.getBytes(StandardCharsets.UTF_8));
    }

    AdminPage checksImport(String name, byte[] content) {
        button("Import").click();
        page.getByLabel("File").setInputFiles(new FilePayload(name, "text/plain", content));
        return this;
    }

    /** A reply beside the list of all, or a new one. */
    Locator reply() {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(Pattern.compile("^(Edit|New) reply$")));
    }

    Locator importWindow() {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Import replies"));
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setLevel(1));
    }

    Locator button(String name) {
        return ConsolePage.button(page, name);
    }
}
