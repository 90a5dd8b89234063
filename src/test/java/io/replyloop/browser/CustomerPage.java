package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The widget as a customer sees it, filling a page of its own. */
record CustomerPage(Page page) {
    CustomerPage open(String site) {
        page.navigate("/widget/?site=" + site);
        assertThat(writing()).isVisible();
        return this;
    }

    CustomerPage says(String text) {
        writing().fill(text);
        writing().press("Enter");
        return this;
    }

    Locator writing() {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Write a message…"));
    }

    /** Everything in the thread, as one text. */
    Locator thread() {
        return page.getByRole(AriaRole.LOG);
    }

    Locator message(String text) {
        return thread().getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(text));
    }
}
