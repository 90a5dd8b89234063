package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class ProgramsPageTest extends AccessibilityTest {
    @Test
    void an_admin_makes_a_token_uses_it_once_and_revokes_it() {
        String name = "Desk " + UUID.randomUUID();
        AdminPage grace = admin().goTo("Programs");
        Page page = grace.page();
        grace.button("Make a token").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Program").fill(name);
        dialog.getByLabel("Read the knowledge base").check();
        axe.looksAtWindow(page, "programs, a token is made");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Make a token"))
                .click();
        assertThat(dialog).containsText("It is shown only now");
        axe.looksAtWindow(page, "programs, the token");
        String token = dialog.locator("code").first().textContent();
        given().header("Authorization", "Bearer " + token)
                .get(page.url().replaceAll("/admin.*", "/api/replies"))
                .then()
                .statusCode(200);
        // Leaving without it would have to be confirmed.
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Copy"))
                .first()
                .click();
        assertThat(dialog).containsText("Copied");
        grace.button("Close").click();
        Locator line = page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(name));
        assertThat(line).containsText("ends with " + token.substring(token.length() - 4));
        axe.looksAt(page, "programs");

        page.reload();
        assertThat(line).containsText("last used");
        grace.button("Revoke: " + name).click();
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke"))
                .click();
        assertThat(line).hasCount(0);
        given().header("Authorization", "Bearer " + token)
                .get(page.url().replaceAll("/admin.*", "/api/replies"))
                .then()
                .statusCode(401);
    }
}
