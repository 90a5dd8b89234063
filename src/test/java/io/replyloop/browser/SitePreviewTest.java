package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The chat beside the settings of a website. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class SitePreviewTest extends BrowserTest {
    private static Locator button(FrameLocator chat, String name) {
        return chat.getByRole(
                AriaRole.BUTTON,
                new FrameLocator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void choose(Locator dialog, String what, String option) {
        dialog.getByRole(
                        AriaRole.COMBOBOX,
                        new Locator.GetByRoleOptions().setName(what).setExact(true))
                .selectOption(new SelectOption().setLabel(option));
    }

    @Test
    void an_admin_sees_the_chat_that_the_form_would_make_and_it_talks_to_nobody() throws IOException {
        Axe axe = new Axe();
        AdminPage grace = admin().goTo("Websites");
        Page page = grace.page();
        List<String> sockets = new CopyOnWriteArrayList<>();
        page.onWebSocket(socket -> sockets.add(socket.url()));
        Locator card = page.getByRole(AriaRole.REGION).filter(new Locator.FilterOptions().setHasText(site));
        card.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions()
                                .setName("Edit: Corner shop")
                                .setExact(true))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Edit: Corner shop"));
        FrameLocator chat = dialog.frameLocator("iframe");
        assertThat(chat.getByRole(AriaRole.HEADING, new FrameLocator.GetByRoleOptions().setName("Corner shop")))
                .isVisible();
        assertThat(chat.getByText("Hello!")).isVisible();

        dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true))
                .fill("Harbour shop");
        dialog.getByLabel("Greeting in English").fill("Ahoy!");
        assertThat(chat.getByRole(AriaRole.HEADING, new FrameLocator.GetByRoleOptions().setName("Harbour shop")))
                .isVisible();
        assertThat(chat.getByText("Ahoy!")).isVisible();
        axe.looksAt(page, "the chat beside the settings of a website");

        choose(dialog, "Shown", "In a conversation");
        assertThat(chat.getByText("It left our warehouse this morning and will be with you tomorrow."))
                .isVisible();
        button(chat, "Thank you!").click();
        assertThat(button(chat, "Thank you!")).hasCount(0);
        assertThat(chat.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("Thank you!")))
                .containsText("Sent");
        Locator greeting = dialog.getByLabel("Greeting in English");
        greeting.focus();
        chat.getByRole(AriaRole.TEXTBOX).press("Escape");
        assertThat(greeting).isFocused();

        choose(dialog, "Language", "中文");
        assertThat(chat.getByText("今天早上已从仓库发出，明天就能送到。")).isVisible();
        choose(dialog, "Theme", "Dark");
        choose(dialog, "Width", "Phone");
        assertThat(chat.locator("html")).hasCSS("color-scheme", "dark");
        assertThat(dialog.locator("iframe")).hasCSS("width", "360px");
        // What is chosen there is not chosen for the page around.
        assertThat(dialog.getByLabel("Greeting in English")).isVisible();
        Assertions.assertThat(sockets).isEmpty();
        Assertions.assertThat(sites.byKey(site).orElseThrow().name()).isEqualTo("Corner shop");
        Assertions.assertThat(axe.found()).isEmpty();
    }
}
