package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A day of an admin and one of an agent, from signing in to signing out, without a mouse; the focus is never lost. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class KeyboardDayTest extends BrowserTest {
    private static final int TABS_AT_MOST = 150;
    private static final String IS_FOCUSED = "element => element === document.activeElement";

    private final String word = "day" + UUID.randomUUID().toString().substring(0, 8);

    private static Locator named(Page page, AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Presses Tab until this has the focus. */
    private static void tabTo(Locator wanted) {
        assertThat(wanted).isVisible();
        Page page = wanted.page();
        for (int i = 0; i < TABS_AT_MOST; i++) {
            if (Boolean.TRUE.equals(wanted.evaluate(IS_FOCUSED))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        assertThat(wanted).isFocused();
    }

    private static void presses(Locator wanted) {
        tabTo(wanted);
        wanted.page().keyboard().press("Enter");
    }

    private static void writes(Locator field, String text) {
        tabTo(field);
        field.page().keyboard().type(text);
    }

    private static void signsIn(Page page, String email) {
        writes(page.getByLabel("E-mail address"), email);
        writes(page.getByLabel("Password"), PASSWORD);
        page.keyboard().press("Enter");
    }

    /** Whatever had it may be gone; then something else has it, and nobody has to begin at the top of the page. */
    private static void somethingHasTheFocus(Page page, String after) {
        page.waitForFunction("() => document.activeElement && document.activeElement !== document.body");
        Assertions.assertThat(page.evaluate("() => document.activeElement.checkVisibility()"))
                .as(after)
                .isEqualTo(true);
    }

    @Test
    void an_admin_writes_and_publishes_a_reply_and_makes_a_label() {
        Page page = newBrowser();
        AdminPage grace = new AdminPage(page);
        page.navigate("/admin/");
        signsIn(page, account("Grace", Role.ADMIN));

        presses(named(page, AriaRole.LINK, "Knowledge base"));
        assertThat(grace.heading("Knowledge base")).isVisible();
        somethingHasTheFocus(page, "another page");
        presses(grace.button("New reply"));
        Locator reply = grace.reply();
        writes(reply.getByLabel("Title"), word + " hours");
        writes(reply.getByLabel("Text"), "We open at nine.");
        presses(grace.button("Publish"));
        assertThat(reply.getByText("Published.")).isVisible();
        somethingHasTheFocus(page, "publishing");
        writes(reply.getByLabel("Text"), " Always.");
        presses(grace.button("Save"));
        assertThat(reply.getByText("Saved as version 3.")).isVisible();
        somethingHasTheFocus(page, "saving");

        presses(named(page, AriaRole.LINK, "Labels"));
        assertThat(grace.heading("Labels")).isVisible();
        somethingHasTheFocus(page, "another page");
        presses(grace.button("Add a label"));
        writes(page.getByLabel("Name"), word);
        page.keyboard().press("Enter");
        assertThat(page.getByText(word)).isVisible();
        somethingHasTheFocus(page, "a new label");

        presses(grace.button("Sign out"));
        assertThat(page.getByLabel("E-mail address")).isFocused();
    }

    @Test
    void an_agent_finds_takes_notes_answers_sorts_and_resolves() {
        CustomerPage wei = customer().says("Where is my " + word + "?");
        assertThat(wei.message(word)).containsText("Sent");
        Page page = newBrowser();
        ConsolePage ada = new ConsolePage(page);
        page.navigate("/console/");
        signsIn(page, account("Ada", Role.AGENT));
        assertThat(ada.inbox()).isVisible();
        somethingHasTheFocus(page, "signing in");

        // Words are found a moment after they are stored.
        page.waitForCondition(
                () -> page.request().get("/api/search?q=" + word).text().contains("excerpt"));
        page.keyboard().press("f");
        page.keyboard().type(word);
        Locator hit = ada.inbox().getByRole(AriaRole.BUTTON).filter(new Locator.FilterOptions().setHasText(word));
        assertThat(hit).hasCount(1);
        presses(hit);
        assertThat(ada.message(word)).isVisible();
        somethingHasTheFocus(page, "opening a conversation");

        page.keyboard().press("Escape");
        somethingHasTheFocus(page, "leaving the editor");
        page.keyboard().press("t");
        assertThat(ada.thread()).containsText("Ada");
        assertThat(ConsolePage.button(page, "Release")).isVisible();
        somethingHasTheFocus(page, "taking");
        page.keyboard().press("n");
        page.keyboard().type("They ask for the second time.");
        page.keyboard().press("Enter");
        assertThat(ada.message("They ask for the second time.")).isVisible();
        somethingHasTheFocus(page, "a note");

        page.keyboard().press("Escape");
        Locator thread = page.getByRole(AriaRole.MAIN);
        assertThat(thread).isFocused();
        page.keyboard().press("l");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        // Where it was before.
        assertThat(thread).isFocused();
        page.keyboard().press("p");
        presses(page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("How soon?"))
                .getByText("Urgent"));
        assertThat(ada.thread()).containsText("Ada set the priority to Urgent");
        somethingHasTheFocus(page, "a priority");

        page.keyboard().press("r");
        assertThat(ada.editor()).isFocused();
        page.keyboard().type("In the kitchen.");
        page.keyboard().press("Enter");
        assertThat(wei.message("In the kitchen.")).isVisible();
        page.keyboard().press("Escape");
        page.keyboard().press("e");
        assertThat(wei.page().getByText("This conversation is resolved.")).isVisible();
        somethingHasTheFocus(page, "resolving");

        page.keyboard().press("Escape");
        page.keyboard().press("?");
        Locator sheet = page.getByRole(AriaRole.DIALOG);
        assertThat(sheet).isVisible();
        page.keyboard().press("Escape");
        assertThat(sheet).hasCount(0);
        somethingHasTheFocus(page, "the sheet of keys");
        presses(ConsolePage.button(page, "Sign out"));
        assertThat(page.getByLabel("E-mail address")).isFocused();
    }
}
