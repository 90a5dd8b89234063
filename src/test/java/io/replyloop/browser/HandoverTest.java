package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several people of one team at the same conversation, and one person twice at the same answer. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class HandoverTest extends BrowserTest {
    @Test
    void whatAColleagueHoldsIsToldInBothLanguagesAndAnAdminTakesItOver() {
        customer().says("My umbrella leaks.");
        ConsolePage ada = agent("Ada").opens("My umbrella leaks.");
        ConsolePage bob = agent("Bob").opens("My umbrella leaks.");
        ConsolePage.button(ada.page(), "Take").click();
        assertThat(ConsolePage.button(ada.page(), "Release")).isVisible();
        assertThat(bob.thread()).containsText("Ada took the conversation");

        ConsolePage.button(bob.page(), "Take").click();
        assertThat(bob.page().getByRole(AriaRole.ALERT)).containsText("A colleague holds this conversation.");
        ConsolePage.button(bob.page(), "Close").click();
        ConsolePage.button(bob.page(), "中文").click();
        ConsolePage.button(bob.page(), "接手").click();
        assertThat(bob.page().getByRole(AriaRole.ALERT)).containsText("此对话由同事负责。");
        assertThat(ConsolePage.button(ada.page(), "Release")).isVisible();

        ConsolePage grace = new ConsolePage(newBrowser()).signIn(account("Grace", Role.ADMIN), PASSWORD);
        grace.opens("My umbrella leaks.");
        ConsolePage.button(grace.page(), "Take over").click();

        assertThat(ConsolePage.button(grace.page(), "Release")).isVisible();
        assertThat(ada.thread()).containsText("Grace took the conversation");
        assertThat(ConsolePage.button(ada.page(), "Take")).isVisible();
    }

    @Test
    void aSuggestionThatIsSentLeavesNoCopyInTheEditorButOwnWordsStay() {
        AdminPage grace = admin().checksImport(
                        "umbrellas.jsonl",
                        "{\"label\": \"umbrella\", \"title\": \"Repair of umbrellas\","
                                + " \"text\": \"We mend umbrellas within a week.\","
                                + " \"questions\": [\"Do you repair umbrellas?\", \"Can my umbrella be repaired?\"]}\n");
        grace.importWindow()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Import").setExact(true))
                .click();
        assertThat(grace.importWindow()).containsText("Imported.");
        CustomerPage wei = customer().says("Do you repair umbrellas?");
        ConsolePage ada = agent("Ada").opens("Do you repair umbrellas?");
        Locator suggestion = ada.suggestion("Repair of umbrellas");
        button(suggestion, "Edit").click();
        assertThat(ada.editor()).hasValue("We mend umbrellas within a week.");

        button(suggestion, "Send").click();

        assertThat(wei.message("We mend umbrellas")).hasCount(1);
        assertThat(ada.editor()).hasValue("");

        wei.says("Can my umbrella be repaired?");
        assertThat(ada.message("Can my umbrella be repaired?")).isVisible();
        ada.editor().fill("Of course, bring it along.");
        button(suggestion, "Send").click();

        assertThat(wei.message("We mend umbrellas")).hasCount(2);
        assertThat(ada.editor()).hasValue("Of course, bring it along.");
    }

    private static Locator button(Locator suggestion, String act) {
        return suggestion.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(act + ": "));
    }
}
