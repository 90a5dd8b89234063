package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the product is for, from a customer's question to a model that has learned from the answer. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class WholeJobTest extends BrowserTest {
    /** A run starts a process of its own, which unpacks and loads the network first. */
    private static final double RUN_MILLIS = 240_000;

    /** Tests before this one may have left numbers of models behind. */
    private static final Pattern MADE = Pattern.compile("made model (\\d+)");

    private static final String KNOWLEDGE = """
            {"label": "order", "title": "State of the order", "text": "Your order is on its way and arrives tomorrow.", "questions": ["Where is my order?", "When does my order arrive?"]}
            {"label": "return", "title": "Returning goods", "text": "Send it back within 30 days, free of charge.", "questions": ["Can I send it back?"]}
            {"label": "invoice", "title": "Copy of an invoice", "text": "You find all invoices in your account.", "questions": ["I need an invoice."]}
            {"label": "size", "title": "Sizes of helmets", "text": "Our helmets fit heads of 52 to 61 cm.", "questions": ["Which helmet fits me?"]}
            {"label": "pay", "title": "Ways to pay", "text": "You can pay by card, by invoice or by bank transfer.", "questions": ["How can I pay?"]}
            """;

    @Test
    void a_customer_asks_an_agent_accepts_and_the_model_learns() throws IOException {
        AdminPage grace = admin().checksImport("knowledge.jsonl", KNOWLEDGE);
        grace.importWindow()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Import").setExact(true))
                .click();
        assertThat(grace.importWindow()).containsText("Imported.");
        grace.button("Close").click();
        ConsolePage ada = agent("Ada");
        int known = fittingExamples(grace);

        CustomerPage wei = asksAndGets(ada, "Where is my order?", "State of the order", "arrives tomorrow");
        asksAndGets(ada, "Can I send it back?", "Returning goods", "within 30 days");
        asksAndGets(ada, "How can I pay?", "Ways to pay", "by bank transfer");

        assertThat(fittingExamples(grace)).isEqualTo(known + 3);
        grace.button("Start a run").click();
        // The newest is the first.
        Locator run = grace.page()
                .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(Pattern.compile("^Run \\d+$")))
                .first();
        assertThat(run).containsText(MADE, new ContainsTextOptions().setTimeout(RUN_MILLIS));
        String made = "Model " + number(MADE, run);
        assertThat(run.getByText("Too few to tell: the test part")).isVisible();
        run.getByText("All figures, for experts").click();
        assertThat(run.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("accuracy")))
                .isVisible();
        Axe axe = new Axe();
        axe.looksAt(grace.page(), "training after a run");
        Locator model = grace.page().getByRole(AriaRole.LISTITEM, new Page.GetByRoleOptions().setName(made));
        model.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Promote"))
                .click();
        axe.looksAt(grace.page(), "training, which model is to serve");
        assertThat(axe.found()).isEqualTo(List.of());
        grace.page()
                .getByRole(AriaRole.DIALOG)
                .getByText("Promote", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(model).containsText("serving");

        // It is loaded in the background while the old one goes on serving.
        Locator rankedByIt = ada.page().getByText(made + ",");
        for (int question = 1; question <= 100 && !rankedByIt.isVisible(); question++) {
            String text = "And how can I pay? (" + question + ")";
            wei.says(text);
            assertThat(ada.message(text).or(ada.inboxRow(text)).first()).isVisible();
            if (!ada.message(text).isVisible()) {
                ada.opens(text);
            }
            assertThat(ada.suggestion("Ways to pay")).isVisible();
        }
        assertThat(rankedByIt).isVisible(new IsVisibleOptions().setTimeout(1));
    }

    private CustomerPage asksAndGets(ConsolePage agent, String question, String title, String answer) {
        CustomerPage customer = customer().says(question);
        agent.opens(question);
        agent.suggestion(title)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Send: " + title))
                .click();
        assertThat(customer.message(answer)).isVisible();
        return customer;
    }

    /** How many examples say that a reply fits; ends on the training page. */
    private static int fittingExamples(AdminPage admin) {
        admin.goTo("Feedback").goTo("Training");
        Locator sentence = admin.page().getByText("where the reply fits");
        assertThat(sentence).isVisible();
        return number(Pattern.compile("(\\d+) where the reply fits"), sentence);
    }

    private static int number(Pattern text, Locator shown) {
        Matcher number = text.matcher(shown.textContent());
        assertThat(number.find()).as(shown::textContent).isTrue();
        return Integer.parseInt(number.group(1));
    }
}
