package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.PublishedReplies;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin corrects an example, thinks better of it, and works off a queue. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class DatasetPageTest extends BrowserTest {
    private static final String SENT = "A parcel to Zanzibar travels for twelve days.";

    @Inject
    FeedbackService feedback;

    @Inject
    KnowledgeService knowledge;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private Team.Member agent;
    private UUID reply;
    private String word;
    private String question;

    @BeforeEach
    void anAnsweredQuestion() {
        agent = team.newMember(Role.AGENT);
        reply = chat.published(SENT);
        word = UUID.randomUUID().toString().replaceAll("[-0-9]", "") + "qx";
        question = "Where in the world is the parcel that I ordered from you " + word + "?";
        UUID conversation = chat.silentConversation(question);
        UUID impression = chat.impression(conversation, List.of(reply), List.of());
        feedback.send(agent.agent(), conversation, UUID.randomUUID(), SENT, impression, reply, null);
    }

    @AfterEach
    void nothingStaysPublished() {
        PublishedReplies.archiveAll(knowledge);
    }

    @Test
    void an_example_is_corrected_by_keyboard_and_the_correction_undone_after_a_reload() throws IOException {
        AdminPage grace = admin().goTo("Dataset");
        Page page = grace.page();
        page.setViewportSize(390, 844);
        page.getByLabel("Search").fill(word);
        Locator example = example(page);
        assertThat(example).containsText(question);
        Locator doesNotFit = button(example, "Does not fit");

        doesNotFit.press("Enter");

        assertThat(doesNotFit).hasAttribute("aria-pressed", "true");
        assertThat(example).containsText("corrected; it was “Fits”");
        assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        // Otherwise the header hides half a button.
        page.evaluate("() => scrollTo(0, 0)");
        Axe axe = new Axe();
        axe.looksAt(page, "the dataset");
        page.reload();
        grace.button("What was done").click();
        Locator done = page.getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText(word))
                .first();
        assertThat(done).containsText("Fits → Does not fit");
        axe.looksAt(page, "what was done");
        button(done, "Show example").click();
        assertThat(page.getByText("Only the examples of: Grace: 1 example corrected"))
                .isVisible();
        assertThat(page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Examples"))
                        .getByRole(AriaRole.HEADING))
                .hasCount(1);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Undo: Grace: 1 example corrected"))
                .first()
                .click();
        page.getByLabel("Search").fill(word);
        assertThat(button(example, "Fits").first()).hasAttribute("aria-pressed", "true");
        assertThat(axe.found()).isEqualTo(List.of());
    }

    @Test
    void a_narrow_screen_has_its_filters_behind_a_button_and_a_wide_one_beside_the_search() {
        AdminPage grace = admin().goTo("Dataset");
        Page page = grace.page();
        Locator label = page.getByLabel("Where from");
        assertThat(label).isVisible();
        assertThat(filters(page)).isHidden();

        page.setViewportSize(390, 844);
        assertThat(label).isHidden();
        assertThat(filters(page)).hasAttribute("aria-expanded", "false");
        filters(page).press("Enter");
        label.selectOption("imported history");

        assertThat(filters(page)).hasText("Filters (1)");
        filters(page).press("Enter");
        assertThat(label).isHidden();
        assertThat(page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(word)))
                .hasCount(0);
    }

    private static Locator filters(Page page) {
        return page.locator(".filters-button");
    }

    @Test
    void a_contradiction_is_resolved_and_leaves_its_queue() throws IOException {
        UUID conversation = chat.silentConversation(question);
        UUID impression = chat.impression(conversation, List.of(reply), List.of());
        feedback.reject(agent.agent(), UUID.randomUUID(), impression, reply, "wrong", null);
        AdminPage grace = admin().goTo("Dataset");
        Page page = grace.page();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Contradictions"))
                .click();
        grace.button("Look through them again").click();
        Locator item = page.getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("The reply fits to all"))))
                .filter(new Locator.FilterOptions().setHasText(word));
        assertThat(item).isVisible();
        Axe axe = new Axe();
        axe.looksAt(page, "a queue of the dataset");

        button(item, "The reply fits to all").click();

        assertThat(item).isHidden();
        assertThat(page.getByText("2 examples were changed.")).isVisible();
        assertThat(axe.found()).isEqualTo(List.of());
    }

    private Locator example(Page page) {
        return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Examples, newest first"))
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText(word))
                .first();
    }

    private static Locator button(Locator in, String name) {
        return in.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }
}
