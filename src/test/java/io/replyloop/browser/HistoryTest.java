package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a file of another program to a reply that is suggested. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class HistoryTest extends BrowserTest {
    private static final double PATIENCE = 120_000;
    private static final String ANSWER = "Yes, parrots are welcome in the shop.";

    @Inject
    Team team;

    @Inject
    KnowledgeService knowledge;

    @BeforeEach
    void nothingElseIsPublishedOrImported() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
        team.sql("delete from history_import where id is distinct from :value", UUID.randomUUID());
    }

    private static String table() {
        StringBuilder table = new StringBuilder("Ticket,Who,Said\n");
        List<String> questions = List.of(
                "May I bring my parrot into the shop?",
                "Is a parrot allowed in the shop?",
                "Can my parrot come with me?");
        for (int i = 0; i < questions.size(); i++) {
            table.append(i).append(",Zoe,").append(questions.get(i)).append('\n');
            table.append(i).append(",Grace,\"").append(ANSWER).append("\"\n");
        }
        for (String day : List.of("Monday", "Friday")) {
            table.append(day).append(",Zoe,Where is my order?\n");
            table.append(day)
                    .append(",Grace,Your order arrives on ")
                    .append(day)
                    .append(".\n");
        }
        return table.toString();
    }

    /** What stood in the brackets of a draft takes their place with a click. */
    private static void fillsIn(Page page, Axe axe) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Fill in and publish…: Your order arrives on [name]."))
                .click();
        Locator form = page.getByRole(AriaRole.DIALOG);
        Locator text = form.locator("textarea[name=text]");
        assertThat(text).hasValue("Your order arrives on [name].");
        form.getByText("Publish", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(form.getByRole(AriaRole.ALERT)).containsText("“[name]” still stands in the text");
        axe.looksAt(page, "a draft with something to fill in");
        page.getByLabel("[name]: fill in {{customer.first_name|there}}").click();
        assertThat(text).hasValue("Your order arrives on {{customer.first_name|there}}.");
        text.fill("Your order arrives on Monday.");
        form.getByText("Publish", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(form).isHidden();
    }

    @Test
    void a_table_becomes_a_report_and_a_draft_of_it_a_reply_that_is_suggested() throws IOException {
        AdminPage grace = admin().goTo("History");
        Page page = grace.page();
        page.getByLabel("File with conversations")
                .setInputFiles(new FilePayload("old.csv", "text/csv", table().getBytes(StandardCharsets.UTF_8)));
        assertThat(page.getByText("Recognised: table (CSV), UTF-8.")).isVisible();
        assertThat(grace.button("Read the file")).isDisabled();
        page.getByLabel("Conversation or ticket").selectOption("Ticket");
        page.getByLabel("Text").selectOption("Said");
        page.getByRole(
                        AriaRole.COMBOBOX,
                        new Page.GetByRoleOptions().setName("Grace").setExact(true))
                .selectOption("agent");
        Axe axe = new Axe();
        assertThat(grace.button("Read the file")).isEnabled();
        axe.looksAt(page, "which column is what");
        grace.button("Read the file").click();

        Locator imported = page.getByRole(AriaRole.LISTITEM, new Page.GetByRoleOptions().setName("old.csv"));
        Locator go = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Import: old.csv"));
        assertThat(go).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
        assertThat(imported).containsText("waits for you");
        axe.looksAt(page, "report of a history import");
        go.click();

        Locator publish = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Publish: " + ANSWER));
        assertThat(publish).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
        axe.looksAt(page, "drafts of a history import");
        publish.click();
        assertThat(page.getByText("is published and can be suggested now.")).isVisible();
        fillsIn(page, axe);
        assertThat(axe.found()).isEqualTo(List.of());

        ConsolePage ada = agent("Ada");
        String question = "May my parrot come into the shop?";
        customer().says(question);
        ada.opens(question);
        assertThat(ada.page().getByText(ANSWER).first()).isVisible();
    }
}
