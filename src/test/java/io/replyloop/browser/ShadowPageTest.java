package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.model.ModelVersionView;
import io.replyloop.training.TrainingLab;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A model is tried on what customers ask before anybody sees what it suggests. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class ShadowPageTest extends BrowserTest {
    /** Of something that no other class asks about: their replies stay in the knowledge base. */
    private static final String KNOWLEDGE = """
            {"label": "umbrella", "title": "Repair of umbrellas", "text": "We repair umbrellas of all kinds within a week.", "questions": ["Do you repair umbrellas?", "Can my umbrella be repaired?"]}
            {"label": "umbrella-return", "title": "Returning goods", "text": "Send it back within 30 days, free of charge.", "questions": ["Can I send it back?"]}
            """;

    @Inject
    TrainingLab lab;

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    @Test
    void an_admin_tries_a_model_unseen_agents_decide_and_the_page_compares() throws IOException {
        AdminPage grace = admin().checksImport("knowledge.jsonl", KNOWLEDGE);
        grace.importWindow()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Import").setExact(true))
                .click();
        assertThat(grace.importWindow()).containsText("Imported.");
        grace.button("Close").click();
        ModelVersionView challenger = lab.challenger();

        grace.goTo("Training");
        String name = "Model " + challenger.number();
        grace.button("Try unseen…: " + name).click();
        Locator dialog = grace.page().getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("MB of memory more");
        Axe axe = new Axe();
        axe.looksAt(grace.page(), "training, a model is to rank unseen");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start"))
                .click();
        Locator shadow = grace.page()
                .getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName("In the shadow").setExact(true));
        assertThat(shadow).containsText(name + " ranks unseen");

        ConsolePage ada = agent("Ada");
        CustomerPage customer = customer().says("Do you repair umbrellas?");
        ada.opens("Do you repair umbrellas?");
        ada.suggestion("Repair of umbrellas")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Send: Repair of umbrellas"))
                .click();
        assertThat(customer.message("within a week")).isVisible();

        assertThat(shadow)
                .containsText(
                        "1 questions ranked, of which agents have answered 1.",
                        new ContainsTextOptions().setTimeout(30_000));
        assertThat(shadow).containsText("Too few to tell yet: 1 of 30 answered questions");
        assertThat(shadow.getByRole(
                        AriaRole.ROW, new Locator.GetByRoleOptions().setName("The right reply comes first")))
                .containsText("100%");
        assertThat(shadow).containsText("people tend to use what is in front of them");
        axe.looksAt(grace.page(), "training, a shadow");
        assertThat(axe.found()).isEqualTo(List.of());
        shadow.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Stop"))
                .click();
        assertThat(shadow).containsText("stopped by an admin");
    }
}
