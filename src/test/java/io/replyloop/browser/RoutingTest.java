package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A team shares its work. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class RoutingTest extends BrowserTest {
    private final String billing = "Billing " + UUID.randomUUID().toString().substring(0, 8);

    private static Locator dialog(Page page) {
        return page.getByRole(AriaRole.DIALOG);
    }

    private static Locator inDialog(Page page, AriaRole role, String name) {
        return dialog(page).getByRole(role, new Locator.GetByRoleOptions().setName(name));
    }

    /** By its name, because those that do not fit may still be there when it is looked for. */
    private static Locator option(Page page, String name) {
        return dialog(page).getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText(name));
    }

    @Test
    void a_conversation_goes_to_a_colleague_with_a_word_about_it_and_on_to_a_team() {
        AdminPage grace = admin().goTo("Teams");
        assertThat(grace.page().getByText("There are no teams.")).isVisible();
        grace.button("Add a team").click();
        dialog(grace.page()).getByLabel("Name").fill(billing);
        dialog(grace.page()).getByRole(AriaRole.CHECKBOX).first().check();
        grace.button("Save").click();
        assertThat(grace.page().getByText(billing)).isVisible();

        customer().says("My kite was charged twice.");
        ConsolePage ada = agent("Ada").opens("My kite was charged twice.");
        ConsolePage bob = agent("Bob Colleague");
        Page page = ada.page();
        page.keyboard().press("a");
        Locator field = inDialog(page, AriaRole.COMBOBOX, "To");
        assertThat(field).isFocused();
        field.fill("bob coll");
        assertThat(option(page, "Bob Colleague")).containsText("available");
        option(page, "Bob Colleague").click();
        dialog(page).getByRole(AriaRole.TEXTBOX).last().fill("She is right.");
        inDialog(page, AriaRole.BUTTON, "Hand over").click();
        assertThat(dialog(page)).hasCount(0);
        assertThat(ada.thread()).containsText("Ada gave the conversation to Bob Colleague");
        assertThat(ada.thread()).containsText("She is right.");

        bob.opens("My kite was charged twice.");
        assertThat(bob.thread()).containsText("She is right.");
        ConsolePage.button(bob.page(), "Hand over…").click();
        inDialog(bob.page(), AriaRole.COMBOBOX, "To").fill(billing);
        option(bob.page(), billing).click();
        inDialog(bob.page(), AriaRole.BUTTON, "Hand over").click();
        assertThat(bob.thread()).containsText("handed it to the team " + billing);
        assertThat(ada.inboxRow("My kite was charged twice.")).containsText(billing);

        grace.button("Close the team: " + billing).click();
        inDialog(grace.page(), AriaRole.BUTTON, "Close the team").click();
        assertThat(grace.page().getByText("There are no teams.")).isVisible();
    }

    @Test
    void what_begins_on_a_website_is_given_out_in_turn_to_whoever_is_there() {
        AdminPage grace = admin().goTo("Teams");
        grace.page()
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("Corner shop"))
                .getByRole(AriaRole.BUTTON)
                .first()
                .click();
        dialog(grace.page()).getByRole(AriaRole.CHECKBOX).check();
        inDialog(grace.page(), AriaRole.BUTTON, "Save").click();
        assertThat(dialog(grace.page())).hasCount(0);
        ConsolePage ada = agent("Ada Inturn");
        assertThat(ConsolePage.button(ada.page(), "Your status: Available")).isVisible();

        customer().says("Who answers my kite?");

        ada.opens("Who answers my kite?");
        // To Ada, or to somebody of another test who has left a moment ago.
        assertThat(ada.thread()).containsText("Assigned to ");
    }

    @Test
    void who_is_away_is_seen_by_an_admin_who_looks_at_the_team() {
        ConsolePage ada = agent("Ada Watched");
        assertThat(ConsolePage.button(ada.page(), "Your status: Available")).isVisible();
        ConsolePage boss = new ConsolePage(newBrowser()).signIn(account("Boss", Role.ADMIN), PASSWORD);
        ConsolePage.button(boss.page(), "Team").click();
        Locator row = dialog(boss.page())
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText("Ada Watched"));
        assertThat(row).containsText("available");

        ConsolePage.button(ada.page(), "Your status: Available").click();

        assertThat(row).containsText("away");
        ada.page().reload();
        assertThat(ConsolePage.button(ada.page(), "Your status: Away")).isVisible();
        customer().says("Is nobody there?");
        assertThat(dialog(boss.page())).containsText("Everybody");
        inDialog(boss.page(), AriaRole.BUTTON, "Close").click();
        ConsolePage.button(boss.page(), "中文").click();
        ConsolePage.button(boss.page(), "团队").click();
        assertThat(row).containsText("离开");
    }
}
