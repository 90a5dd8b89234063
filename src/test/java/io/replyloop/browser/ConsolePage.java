package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** The console as an agent sees it. */
record ConsolePage(Page page) {
    private static final double CLICK_MILLIS = 2_000;

    /** For whoever is signed in already. */
    ConsolePage open() {
        page.navigate("/console/");
        assertThat(inbox()).isVisible();
        return this;
    }

    ConsolePage signIn(String email, String password) {
        page.navigate("/console/");
        fillSignIn(page, email, password);
        assertThat(inbox()).isVisible();
        return this;
    }

    static void fillSignIn(Page page, String email, String password) {
        page.getByLabel("E-mail address").fill(email);
        page.getByLabel("Password").fill(password);
        button(page, "Sign in").click();
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** On a phone, where nothing stands beside it, it is the main part of the page. */
    Locator inbox() {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Inbox"))
                .or(page.getByRole(AriaRole.MAIN, new Page.GetByRoleOptions().setName("Inbox")));
    }

    Locator inboxRow(String lastText) {
        return inbox().getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(lastText));
    }

    /** Opens the conversation whose last message this is, once it is there. */
    ConsolePage opens(String lastText) {
        open(inboxRow(lastText));
        assertThat(message(lastText)).isVisible();
        return this;
    }

    /** The same where it is nobody's promise which message comes last. */
    ConsolePage opens(Pattern lastText) {
        open(inbox().getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(lastText)));
        assertThat(message(lastText).first()).isVisible();
        return this;
    }

    private void open(Locator row) {
        // Only rows in sight are on the page, and who has come last stands below all who wait longer.
        page.waitForCondition(() -> {
            boolean there = row.count() > 0;
            if (!there) {
                page.evaluate("() => { const list = document.querySelector('.lines');"
                        + " if (!list) return;"
                        + " const end = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;"
                        + " list.scrollTop = end ? 0 : list.scrollTop + list.clientHeight; }");
            }
            return there && isClicked(row.getByRole(AriaRole.BUTTON));
        });
    }

    /** A row may have moved out of sight, and off the page, since it was seen. */
    private static boolean isClicked(Locator button) {
        try {
            button.click(new Locator.ClickOptions().setTimeout(CLICK_MILLIS));
            return true;
        } catch (TimeoutError moved) {
            return false;
        }
    }

    ConsolePage answers(String text) {
        button(page, "Reply").click();
        return writes("Write a reply…", text);
    }

    ConsolePage notes(String text) {
        button(page, "Note").click();
        return writes("Write a note. Customers never see it.", text);
    }

    private ConsolePage writes(String field, String text) {
        Locator editor = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(field));
        editor.fill(text);
        editor.press("Enter");
        return this;
    }

    Locator editor() {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Write a reply…"));
    }

    /** What stands at the editor and asks before anything is sent. */
    Locator warning() {
        return page.locator(".composer").getByRole(AriaRole.ALERT);
    }

    Locator thread() {
        return page.getByRole(AriaRole.LOG);
    }

    Locator message(String text) {
        return thread().getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(text));
    }

    Locator message(Pattern text) {
        return thread().getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(text));
    }

    Locator suggestion(String title) {
        return page.getByRole(AriaRole.COMPLEMENTARY)
                .getByRole(AriaRole.LISTITEM, new Locator.GetByRoleOptions().setName(title));
    }
}
