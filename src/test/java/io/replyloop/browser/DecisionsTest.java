package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** However an agent answers, the product knows afterwards where the words came from. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class DecisionsTest extends BrowserTest {
    private static final String RETURNS = "Send it back within 30 days, free of charge.";
    private static final String HOURS = "Our workshop is open from nine to five on every working day of the week.";
    private static final String OWLS = "Owls bring small parcels to Svalbard.";
    private static final String KNOWLEDGE = """
            {"title": "Returning goods", "text": "%s", "questions": ["Can I send it back?", "How do I return it?"]}
            {"title": "Opening hours", "text": "%s", "shortcode": "hours"}
            {"title": "Owls", "text": "%s"}
            """.formatted(RETURNS, HOURS, OWLS);

    @Inject
    KnowledgeService knowledge;

    @Inject
    EntityManager database;

    private record Row(String source, String outcome, String reply, String typed, String search, Boolean onScreen) {}

    @Test
    void suggested_canned_searched_and_typed_answers_are_told_apart() throws IOException {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
        AdminPage grace = admin().checksImport("knowledge.jsonl", KNOWLEDGE);
        grace.importWindow()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Import").setExact(true))
                .click();
        assertThat(grace.importWindow()).containsText("Imported.");
        grace.button("Close").click();
        ConsolePage ada = agent("Ada");

        CustomerPage wei = customer().says("Can I send it back?");
        ada.opens("Can I send it back?");
        Locator suggestion = ada.suggestion("Returning goods");
        assertThat(suggestion).isVisible();
        ada.editor().fill("Let me look, ada@example.org");
        suggestion
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Edit: Returning goods"))
                .click();
        ConsolePage.button(ada.page(), "Replace it").click();
        assertThat(ada.editor()).hasValue(RETURNS);
        ada.editor().press("Enter");
        assertThat(wei.message(RETURNS)).isVisible();
        assertThat(row(RETURNS))
                .isEqualTo(new Row("suggestion", "sent", "Returning goods", "Let me look, [email]", null, true));
        assertThat(millisOnScreen(RETURNS)).isPositive();

        wei = asks(ada, "When are you there?");
        ada.editor().fill("/hours");
        ada.editor().press("Enter");
        assertThat(ada.editor()).hasValue(HOURS);
        ada.editor().press("Enter");
        assertThat(wei.message(HOURS)).isVisible();
        assertThat(row(HOURS).source()).isEqualTo("canned");
        assertThat(row(HOURS).reply()).isEqualTo("Opening hours");

        wei = asks(ada, "Can you come to my island?");
        ada.editor().fill("??small parcels");
        Locator found = ada.page().getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Owls"));
        assertThat(found).isVisible();
        Axe axe = new Axe();
        axe.glancesAt(ada.page(), "console, replies that were searched for");
        found.click();
        assertThat(ada.editor()).hasValue(OWLS);
        ada.editor().press("Enter");
        assertThat(wei.message(OWLS)).isVisible();
        assertThat(row(OWLS).source()).isEqualTo("search");
        assertThat(row(OWLS).reply()).isEqualTo("Owls");
        assertThat(row(OWLS).search()).isEqualTo("small parcels");

        String typed = "Hi Wei, our workshop is open from nine to five every working day of the week.";
        wei = asks(ada, "And when can I pick it up?");
        ada.answers(typed);
        assertThat(wei.message(typed)).isVisible();
        assertThat(row(typed).source()).isEqualTo("own");
        assertThat(row(typed).reply()).isEqualTo("Opening hours");

        grace.goTo("Feedback");
        Locator sources = grace.page().getByText("How answers came about").locator("..");
        assertThat(sources).containsText("From a search");
        assertThat(grace.page().getByText("Typed, but a reply after all")).isVisible();
        axe.looksAt(grace.page(), "feedback");
        assertThat(axe.found()).isEqualTo(List.of());
    }

    private CustomerPage asks(ConsolePage agent, String question) {
        CustomerPage customer = customer().says(question);
        agent.opens(question);
        // Only what has been looked for is there to be passed over.
        assertThat(agent.page()
                        .getByText("No reply in the knowledge base fits well enough.")
                        .or(agent.page()
                                .getByRole(AriaRole.COMPLEMENTARY)
                                .getByRole(AriaRole.LISTITEM)
                                .first()))
                .isVisible();
        return customer;
    }

    private Row row(String text) {
        Object[] row = (Object[]) database.createNativeQuery(
                        "select d.source, d.outcome, r.title, d.typed, d.search, d.on_screen from decision d"
                                + " left join reply r on r.id = d.reply_id where d.text_sent = :text",
                        Object[].class)
                .setParameter("text", text)
                .getSingleResult();
        return new Row(
                (String) row[0], (String) row[1], (String) row[2], (String) row[3], (String) row[4], (Boolean) row[5]);
    }

    private long millisOnScreen(String text) {
        return (Long)
                database.createNativeQuery("select screen_millis from decision where text_sent = :text", Long.class)
                        .setParameter("text", text)
                        .getSingleResult();
    }
}
