package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import io.replyloop.site.SiteSettings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What agents know of whom they talk to, and note for each other. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class CustomerContextPageTest extends BrowserTest {
    /** In a name, so that a search finds the customer of this test alone. */
    private final String quagga = "Quagga" + UUID.randomUUID().toString().substring(0, 6);

    /** What follows the person's own act does not count. */
    private static final String WATCHES = """
            moved = [];
            new PerformanceObserver(list => list.getEntries().filter(each => !each.hadRecentInput).forEach(each =>
              each.sources.filter(({node}) => (node?.closest ? node : node?.parentElement)?.closest('.context'))
                .forEach(({node}) => moved.push(each.value + ' ' + (node.className ?? node.nodeName)))))
              .observe({type: 'layout-shift', buffered: true});""";

    /** Before the loader; what does not fit takes nothing else along. */
    private static final String SAYS = "<script>(window.replyloop ??= []).push("
            + "['attributes', {plan: 'gold', Wrong: 1, list: [1], none: null}])</script>";

    private static Locator about(ConsolePage console) {
        return console.page()
                .getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName("Customer").setExact(true));
    }

    private ConsolePage watched(String name) {
        Page desk = newBrowser();
        desk.addInitScript(WATCHES);
        return new ConsolePage(desk).signIn(account(name, Role.AGENT), PASSWORD);
    }

    @Test
    void agents_see_where_a_customer_is_and_share_notes_about_them_while_nothing_moves() throws IOException {
        Axe axe = new Axe();
        try (OtherSite shop = new OtherSite()) {
            sites.update(
                    sites.byKey(site).orElseThrow().id(),
                    new SiteSettings("Corner shop", List.of(shop.origin()), null, "Hello!", "您好！", false));
            Page wei = newBrowser();
            shop.visitedBy(
                    wei,
                    SAYS + "</head><body><main><h1>Shop</h1></main><script src=" + server + "loader.js data-site="
                            + site + "></script>");
            ConsolePage.button(wei, "Open chat").click();
            Locator writing = wei.frameLocator("iframe").getByRole(AriaRole.TEXTBOX);
            writing.fill("Where is my tea?");
            writing.press("Enter");
            ConsolePage ada = watched("Ada").opens("Where is my tea?");
            assertThat(about(ada)).containsText("Chrome");
            assertThat(about(ada)).containsText("British English");
            assertThat(about(ada)).containsText("plangoldfrom the page, not checked");
            assertThat(about(ada)).not().containsText("list");

            wei.evaluate("history.pushState(null, '', '/cart?order=4711#pay')");
            wei.evaluate("replyloop.attributes({orders: 3, trial: true})");
            writing.fill("And my cake?");
            writing.press("Enter");
            assertThat(about(ada)).containsText("/cartfrom the page, not checked");
            assertThat(about(ada).getByRole(AriaRole.LINK)).hasCount(0);
            assertThat(about(ada)).containsText("orders3from the page");
            assertThat(about(ada)).not().containsText("gold");

            Locator note = about(ada).getByLabel("New note about this person");
            note.fill("Likes tea");
            note.press("Control+Enter");
            assertThat(about(ada).getByText("Likes tea")).isVisible();
            assertThat(note).hasValue("");
            ConsolePage ben = watched("Ben").opens("And my cake?");
            assertThat(about(ben).getByText("Likes tea")).isVisible();
            assertThat(about(ben)
                            .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Edit the note by Ada")))
                    .hasCount(0);
            about(ben).getByLabel("New note about this person").fill("Lives in Graz");
            ConsolePage.button(ben.page(), "Add").click();
            assertThat(about(ada).getByText("Lives in Graz")).isVisible();

            ConsolePage.button(ben.page(), "Correct name and address").click();
            about(ben)
                    .getByLabel("Name", new Locator.GetByLabelOptions().setExact(true))
                    .fill("Wei Zhang");
            axe.glancesAt(ben.page(), "console, a name is corrected");
            ConsolePage.button(ben.page(), "Save").click();
            assertThat(about(ada)).containsText("Wei Zhang");
            assertThat(ada.inboxRow("And my cake?")).containsText("Wei Zhang");
            assertThat(about(ada)).containsText("corrected by the team");

            ada.page().setViewportSize(390, 844);
            axe.glancesAt(ada.page(), "console on a phone");
            ada.page().setViewportSize(1366, 768);
            ConsolePage.button(ada.page(), "Delete the note by Ada").click();
            ada.page()
                    .getByRole(AriaRole.DIALOG)
                    .getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Delete").setExact(true))
                    .click();
            assertThat(about(ada).getByText("Likes tea")).hasCount(0);
            ada.page().reload();
            assertThat(about(ada).getByText("Lives in Graz")).isVisible();
            Assertions.assertThat((List<?>) ada.page().evaluate("moved")).isEmpty();
        }
        Assertions.assertThat(axe.found()).isEmpty();
    }

    @Test
    void two_customers_are_merged_with_both_in_sight_and_each_goes_on_in_their_own_chat() throws IOException {
        Axe axe = new Axe();
        CustomerPage phone = new CustomerPage(newBrowser()).open(site).says("Where is my oolong?");
        CustomerPage laptop = new CustomerPage(newBrowser()).open(site).says("Where is my scone?");
        ConsolePage ada = watched("Ada").opens("Where is my scone?");
        correctedTo(ada, quagga + " Lee");
        ada.opens("Where is my oolong?");
        ConsolePage ben = watched("Ben").opens("Where is my oolong?");
        Locator note = about(ben).getByLabel("New note about this person");
        note.fill("Lives in Graz");

        ConsolePage.button(ada.page(), "Merge with another customer…").click();
        Locator dialog = ada.page().getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("Nobody has the same mail address");
        dialog.getByLabel("Name or mail address").fill(quagga.toLowerCase(Locale.ROOT));
        dialog.getByLabel("Name or mail address").press("Enter");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(quagga + " Lee"))
                .click();
        assertThat(dialog.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(quagga + " Lee")))
                .isChecked();
        assertThat(dialog.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("Conversations")))
                .containsText("1");
        axe.glancesAt(ada.page(), "console, two customers side by side");
        dialog.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Merge").setExact(true))
                .click();
        assertThat(dialog).hasCount(0);
        assertThat(about(ada)).containsText(quagga + " Lee");
        assertThat(about(ada)).containsText("Merged customers");
        assertThat(ConsolePage.button(ada.page(), "Merge with another customer…"))
                .isFocused();
        assertThat(about(ada)).containsText("In this conversation they write as");

        assertThat(about(ben)).containsText(quagga + " Lee");
        assertThat(note).hasValue("Lives in Graz");
        note.press("Control+Enter");
        assertThat(about(ada).getByText("Lives in Graz")).isVisible();

        ada.answers("It is on its way.");
        assertThat(phone.message("It is on its way.")).isVisible();
        assertThat(laptop.says("Any news of my scone?").message("Any news of my scone?"))
                .isVisible();
        assertThat(laptop.message("It is on its way.")).hasCount(0);
        assertThat(phone.message("Any news of my scone?")).hasCount(0);

        about(ada)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Separate"))
                .click();
        dialog.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Separate").setExact(true))
                .click();
        assertThat(about(ada).getByText("Merged customers")).hasCount(0);
        assertThat(about(ada)).not().containsText(quagga + " Lee");
        Assertions.assertThat(axe.found()).isEmpty();
    }

    private static void correctedTo(ConsolePage console, String name) {
        ConsolePage.button(console.page(), "Correct name and address").click();
        about(console)
                .getByLabel("Name", new Locator.GetByLabelOptions().setExact(true))
                .fill(name);
        ConsolePage.button(console.page(), "Save").click();
        assertThat(about(console)).containsText(name);
    }
}
