package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

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
        desk.page().close();
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
}
