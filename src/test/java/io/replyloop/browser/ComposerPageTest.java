package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.replyloop.browser.ConsolePage.button;

import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How agents write. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class ComposerPageTest extends BrowserTest {
    @Test
    void what_is_begun_at_the_desk_is_finished_on_the_phone_and_seen_by_nobody_before() {
        CustomerPage wei = customer().says("Where is my parcel?");
        String ada = account("Ada", Role.AGENT);
        ConsolePage desk = new ConsolePage(newBrowser()).signIn(ada, PASSWORD).opens("Where is my parcel?");
        ConsolePage phone = new ConsolePage(newBrowser()).signIn(ada, PASSWORD).opens("Where is my parcel?");
        ConsolePage ben = agent("Ben").opens("Where is my parcel?");

        desk.editor().pressSequentially("It is on ");
        assertThat(phone.editor()).hasValue("It is on ");
        desk.page().navigate("about:blank");
        phone.editor().press("End");
        phone.editor().pressSequentially("its way");
        ConsolePage later = new ConsolePage(newBrowser()).signIn(ada, PASSWORD).opens("Where is my parcel?");
        assertThat(later.editor()).hasValue("It is on its way");
        assertThat(ben.editor()).hasValue("");
        phone.editor().press("Enter");

        assertThat(wei.message("It is on its way")).hasCount(1);
        assertThat(later.editor()).hasValue("");
        later.page().reload();
        assertThat(later.message("It is on its way")).isVisible();
        assertThat(later.editor()).hasValue("");
    }

    @Test
    void keys_are_changed_and_what_was_sent_is_taken_back_or_goes_out_by_itself() {
        CustomerPage wei = customer().says("Is there a parrot?");
        ConsolePage ada = agent("Ada").opens("Is there a parrot?");
        Page page = ada.page();
        button(page, "Keyboard shortcuts").click();
        button(page, "Change keys…").click();
        page.getByLabel("Write a note: n").fill("r");
        assertThat(page.getByText("is taken")).isVisible();
        page.getByLabel("Write a note: n").fill("m");
        // The longer time, for machines that are busy.
        page.getByLabel("A sent message can be taken back").selectOption("10");
        button(page, "Close").click();

        page.locator("main").click();
        page.keyboard().press("m");
        assertThat(button(page, "Note")).hasAttribute("aria-pressed", "true");
        ada.answers("Yes, a blue one");
        assertThat(page.getByText("Not sent yet")).isVisible();
        page.keyboard().press("Alt+u");
        assertThat(ada.editor()).hasValue("Yes, a blue one");
        ada.answers("Yes, a green one");

        assertThat(wei.message("Yes, a green one")).hasCount(1);
        assertThat(wei.message("Yes, a blue one")).hasCount(0);
        assertThat(page.getByText("Not sent yet")).hasCount(0);
    }
}
