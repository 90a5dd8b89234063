package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.attachment.TestFiles;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.site.TeamPresence;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What customers see before they write: who is there, and what others often ask. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class WelcomePageTest extends BrowserTest {
    @Inject
    KnowledgeService knowledge;

    @Inject
    TeamPresence presence;

    private UUID published(String title, String text) {
        ReplyDraft draft = new ReplyDraft(null, title, text, "en", List.of(), null, null);
        return knowledge.publish(knowledge.create(draft, null).id(), null).id();
    }

    @Test
    void a_reply_that_an_admin_marks_is_read_before_a_conversation_and_begins_one_where_it_does_not_help()
            throws IOException {
        Axe axe = new Axe();
        published("Can I send tea back?", "Unopened, within 30 days. See https://tea.example/returns");
        published("Do you have scones?", "On Sundays, {{customer.name|dear guest}}.");
        AdminPage grace = admin().goTo("Knowledge base");
        Page page = grace.page();
        for (String title : List.of("Can I send tea back?", "Do you have scones?")) {
            page.getByText(title, new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            Locator reply = grace.reply();
            reply.getByLabel("Customers are offered this before they write").check();
            assertThat(reply.getByText("Nobody has said yet whether it helped")).isVisible();
            axe.looksAtWindow(page, "a reply that customers are offered");
            reply.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                    .click();
        }
        page.getByText("Frequent questions in the chat: 2").click();
        assertThat(ConsolePage.button(page, "Open: Do you have scones?")).isVisible();
        agent("Ada Lovelace");
        UUID siteId = sites.byKey(site).orElseThrow().id();
        await().until(() -> presence.names(siteId).contains("Ada Lovelace"));

        Page newcomer = newBrowser();
        newcomer.navigate("/widget/?site=" + site);
        assertThat(newcomer.getByText("Frequent questions")).isVisible();
        assertThat(newcomer.getByText("Ada")).hasCount(0);
        showsFirstNamesAndALogo(grace, axe);
        Page wei = newBrowser();
        wei.navigate("/widget/?site=" + site);
        assertThat(wei.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Who is here")))
                .containsText("Ada");
        assertThat(wei.getByText("Lovelace")).hasCount(0);
        Locator logo = wei.locator(".welcome img");
        assertThat(logo).hasJSProperty("naturalWidth", 320);
        assertThat(logo).isVisible();
        axe.looksAt(wei, "before a conversation");
        ConsolePage.button(wei, "Do you have scones?").click();
        assertThat(wei.getByText("On Sundays, dear guest.")).isVisible();
        ConsolePage.button(wei, "Yes").click();
        assertThat(wei.getByText("Good to know, thank you.")).isFocused();
        ConsolePage.button(wei, "Can I send tea back?").press("Enter");
        assertThat(wei.getByText("On Sundays, dear guest.")).isHidden();
        assertThat(wei.getByRole(AriaRole.LINK)).hasAttribute("href", "https://tea.example/returns");
        axe.glancesAt(wei, "an answer before a conversation");
        ConsolePage.button(wei, "No, write to us").click();

        CustomerPage customer = new CustomerPage(wei);
        assertThat(customer.writing()).isFocused();
        assertThat(customer.writing()).hasValue("Can I send tea back?\n");
        wei.keyboard().type("It smells of fish");
        wei.keyboard().press("Enter");
        assertThat(customer.message("It smells of fish")).containsText("Sent");
        wei.reload();
        assertThat(customer.message("It smells of fish")).isVisible();
        assertThat(wei.getByText("Frequent questions")).hasCount(0);

        page.reload();
        page.getByText("Frequent questions in the chat: 2").click();
        assertThat(page.getByText("Helped 1 of 1 customer")).isVisible();
        assertThat(page.getByText("Helped 0 of 1 customer")).isVisible();
        Assertions.assertThat(axe.found()).isEmpty();
    }

    private static void uploadsLogo(Page page, Locator website, Axe axe) {
        website.getByLabel("Choose a picture: Corner shop")
                .setInputFiles(new FilePayload("logo.png", "image/png", TestFiles.picture("png", 640, 160)));
        assertThat(website.getByText("Customers see this logo from now on.")).isVisible();
        assertThat(website.getByAltText("Logo: Corner shop")).isVisible();
        axe.glancesAt(page, "a website with a logo");
    }

    private void showsFirstNamesAndALogo(AdminPage grace, Axe axe) {
        Page page = grace.goTo("Websites").page();
        Locator website = page.getByRole(AriaRole.REGION).filter(new Locator.FilterOptions().setHasText(site));
        uploadsLogo(page, website, axe);
        website.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Edit · Before a conversation: Corner shop"))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByLabel("Of the team, customers see")).hasValue("nobody");
        dialog.getByLabel("Of the team, customers see").selectOption("first-names");
        ConsolePage.button(page, "Save").click();
        assertThat(dialog).hasCount(0);
        grace.goTo("Knowledge base");
    }
}
