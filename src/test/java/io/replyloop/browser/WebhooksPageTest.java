package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class WebhooksPageTest extends AccessibilityTest {
    @Test
    void an_admin_makes_a_webhook_tests_it_and_finds_the_test_in_its_log() throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        receiver.createContext("/", request -> {
            try (request) {
                byte[] answer = "Thank you".getBytes();
                request.sendResponseHeaders(200, answer.length);
                request.getResponseBody().write(answer);
            }
        });
        receiver.start();
        String name = "CRM " + UUID.randomUUID();
        AdminPage grace = admin().goTo("Webhooks");
        Page page = grace.page();
        grace.button("Make a webhook").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        field(dialog, "Name").fill(name);
        field(dialog, "Address")
                .fill("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks");
        dialog.getByLabel("A training run ended").check();
        axe.looksAtWindow(page, "webhooks, one is made");
        button(dialog, "Save").click();
        assertThat(dialog).containsText("It is shown only now");
        axe.looksAtWindow(page, "webhooks, the secret");
        button(dialog, "Copy").click();
        assertThat(dialog).containsText("Copied");
        button(dialog, "Close").click();

        Locator line = page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(name));
        assertThat(line).containsText("nothing sent yet");
        grace.button("Send a test: " + name).click();
        assertThat(dialog).containsText("with status 200");
        assertThat(dialog).containsText("Thank you");
        axe.looksAtWindow(page, "webhooks, a test");
        button(dialog, "Close").click();
        axe.looksAt(page, "webhooks");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Log: " + name))
                .click();
        Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Test"));
        assertThat(row).containsText("delivered");
        axe.looksAt(page, "webhooks, the log");
        grace.button("Details: Test").click();
        assertThat(dialog).containsText("\"type\": \"ping\"");
        axe.looksAtWindow(page, "webhooks, a delivery");
        button(dialog, "Close").click();

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("All webhooks"))
                .click();
        grace.button("Delete: " + name).click();
        button(dialog, "Delete").click();
        assertThat(line).hasCount(0);
        receiver.stop(0);
    }

    private static Locator field(Locator dialog, String name) {
        return dialog.getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName(name));
    }

    private static Locator button(Locator dialog, String name) {
        return dialog.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
