package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyView;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each side is shown of the other, and of what comes of what it writes. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class BothSidesTest extends BrowserTest {
    private static final Pattern SEND = Pattern.compile("\"type\":\"send\".*\"id\":\"([^\"]+)\"");

    @Inject
    KnowledgeService knowledge;

    @AfterEach
    void nothingStaysPublished() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
    }

    private UUID published(String title, String text, String shortcode) {
        ReplyView reply =
                knowledge.create(new ReplyDraft(null, title, text, "en", List.of("Mending"), shortcode, null), null);
        knowledge.publish(reply.id(), null);
        return reply.id();
    }

    @Test
    void a_customer_sees_who_is_there_and_tries_a_refused_message_again() {
        ConsolePage ada = agent("Ada");
        AtomicBoolean refusing = new AtomicBoolean(true);
        CustomerPage wei = new CustomerPage(newBrowser());
        wei.page().routeWebSocket("**/ws/customer", route -> {
            WebSocketRoute server = route.connectToServer();
            route.onMessage(frame -> {
                Matcher send = SEND.matcher(frame.text());
                if (refusing.get() && send.find()) {
                    route.send("{\"type\":\"problem\",\"code\":\"invalid\",\"message\":\"provoked\",\"id\":\""
                            + send.group(1) + "\"}");
                } else {
                    server.send(frame.text());
                }
            });
        });
        wei.open(site);
        assertThat(wei.page().getByText("We are online")).isVisible();

        wei.says("Is my umbrella mended?");
        assertThat(wei.message("Is my umbrella mended?")).containsText("Not sent");
        refusing.set(false);
        ConsolePage.button(wei.page(), "Try again").click();
        assertThat(wei.message("Is my umbrella mended?")).containsText(Pattern.compile("Sent|Read"));

        ada.opens("Is my umbrella mended?");
        wei.writing().pressSequentially("I need");
        assertThat(ada.page().getByText(Pattern.compile("is typing…$"))).isVisible();
        ada.answers("See https://shop.example/mended for its state.");
        Locator link = wei.thread().getByRole(AriaRole.LINK);
        assertThat(link).hasText("https://shop.example/mended");
        assertThat(link).hasAttribute("href", "https://shop.example/mended");
    }

    @Test
    void an_agent_sees_colleagues_and_few_suggestions_with_reasons_and_none_touches_what_is_typed() {
        for (int days = 1; days <= 5; days++) {
            published("Mending umbrellas " + days, "We mend umbrellas within " + days + " days.", null);
        }
        published("Greeting", "Dear {{customer.name|guest}}, thank you for writing.", "dear");
        CustomerPage wei = customer().says("Do you mend umbrellas?");
        ConsolePage ada = agent("Ada").opens("Do you mend umbrellas?");
        Page page = ada.page();
        page.evaluate("window.sameWindow = true");
        ConsolePage bob = agent("Bob").opens("Do you mend umbrellas?");
        assertThat(page.getByText("Also looking: Bob")).isVisible();
        bob.editor().pressSequentially("Just a mom");
        assertThat(page.getByText("Bob is typing…")).isVisible();

        Locator suggestions = page.getByRole(AriaRole.COMPLEMENTARY)
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("We mend umbrellas within"));
        assertThat(suggestions).hasCount(3);
        assertThat(suggestions.first()).containsText(Pattern.compile("very likely fits|may fit|unsure"));
        assertThat(suggestions.first()).containsText("Mending");

        composesAndPressesEnter(ada);
        // A real input method keeps Enter to itself, which here may also have begun a line.
        assertThat(ada.editor()).hasValue(Pattern.compile("^你好\\s*$"));
        assertThat(wei.thread()).not().containsText("你好");
        page.locator("main").click();
        page.keyboard().press("1");
        assertThat(page.getByText("Replace it")).isVisible();
        assertThat(ada.editor()).hasValue(Pattern.compile("^你好"));
        page.keyboard().press("Escape");

        ada.editor().fill("/dear");
        ada.editor().press("Enter");
        assertThat(ada.editor()).hasValue("Dear guest, thank you for writing.");
        ada.editor().press("Enter");
        assertThat(wei.message("Dear guest, thank you for writing.")).isVisible();

        ConsolePage.button(page, "Keyboard shortcuts").click();
        page.getByLabel("Single-key shortcuts are on").uncheck();
        ConsolePage.button(page, "Close").click();
        page.locator("main").click();
        page.keyboard().press("n");
        assertThat(ConsolePage.button(page, "Note")).hasAttribute("aria-pressed", "false");

        customer().says("Quel temps fait-il sur la lune?");
        ada.opens("Quel temps fait-il sur la lune?");
        assertThat(page.getByText("No reply in the knowledge base fits well enough."))
                .isVisible();
        Assertions.assertThat(page.evaluate("window.sameWindow")).isEqualTo(true);
    }

    /** As with an input method for Chinese: Enter takes what is composed, and sends nothing. */
    private static void composesAndPressesEnter(ConsolePage agent) {
        agent.editor().focus();
        CDPSession keys = agent.page().context().newCDPSession(agent.page());
        JsonObject composed = new JsonObject();
        composed.addProperty("text", "nihao");
        composed.addProperty("selectionStart", 5);
        composed.addProperty("selectionEnd", 5);
        keys.send("Input.imeSetComposition", composed);
        agent.page().keyboard().press("Enter");
        JsonObject chosen = new JsonObject();
        chosen.addProperty("text", "你好");
        keys.send("Input.insertText", chosen);
        keys.detach();
    }
}
