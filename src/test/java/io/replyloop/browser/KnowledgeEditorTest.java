package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyView;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin at the knowledge base: the list, and beside it the reply that is open. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class KnowledgeEditorTest extends BrowserTest {
    /** In each title, so that a search finds the replies of this test alone. */
    private final String word = "Quill" + UUID.randomUUID().toString().substring(0, 6);

    @Inject
    KnowledgeService knowledge;

    private ReplyView written(String title, String text, String language) {
        return knowledge.create(new ReplyDraft(null, title, text, language, List.of(), null, null), null);
    }

    private Locator rows(AdminPage admin) {
        return admin.page()
                .getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Replies"))
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText(word));
    }

    private Locator row(AdminPage admin, String title) {
        return rows(admin).filter(new Locator.FilterOptions().setHasText(title)).getByRole(AriaRole.BUTTON);
    }

    private AdminPage search(AdminPage admin) {
        return search(admin, word);
    }

    private static AdminPage search(AdminPage admin, String words) {
        admin.page().getByLabel("Search").fill(words);
        return admin;
    }

    @Test
    void a_reply_is_written_beside_the_list_and_seen_as_customers_will() throws IOException {
        Axe axe = new Axe();
        written(word + " shops", "We are in three towns.", "en");
        AdminPage grace = search(admin());
        Page page = grace.page();
        assertThat(rows(grace)).hasCount(1);
        grace.button("New reply").click();
        Locator reply = grace.reply();
        reply.getByLabel("Title").fill(word + " hours");
        reply.getByLabel("Text").fill("Dear {{customer.first_name|guest}}, see https://shop.example/hours.");

        Locator preview =
                reply.getByRole(AriaRole.REGION, new Locator.GetByRoleOptions().setName("As customers see it"));
        assertThat(preview).containsText("Dear Ada, see");
        assertThat(preview.getByRole(AriaRole.LINK)).hasAttribute("href", "https://shop.example/hours");
        Locator answers = reply.getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("Short answers"));
        answers.fill("Thanks!\nTell me more\n");
        assertThat(preview.getByRole(AriaRole.LISTITEM)).hasText(new String[] {"Thanks!", "Tell me more"});
        answers.fill("1\n2\n3\n4\n5\n6");
        grace.button("Save").click();
        assertThat(reply.getByRole(AriaRole.ALERT)).isInViewport();
        assertThat(reply.getByRole(AriaRole.ALERT)).containsText("Short answers");
        assertThat(answers).isFocused();
        answers.fill("Thanks!\nTell me more\n");
        preview.getByLabel("The customer’s name is not known").check();
        assertThat(preview).containsText("Dear guest, see");

        // What is not saved is there again after another reply, and after the page was loaded again.
        row(grace, "shops").click();
        assertThat(reply.getByLabel("Title")).hasValue(word + " shops");
        reply.getByLabel("Text").fill("We are in four towns.");
        assertThat(row(grace, "shops")).containsText("Not saved");
        page.reload();
        assertThat(reply.getByLabel("Text")).hasValue("We are in four towns.");
        assertThat(reply).containsText("You have typed this earlier");
        grace.button("Save").click();
        assertThat(reply.getByText("Saved as version 2.")).isVisible();
        assertThat(grace.button("Save")).isFocused();
        search(grace);
        assertThat(row(grace, "shops")).not().containsText("Not saved");
        grace.button("New reply").click();
        assertThat(reply.getByLabel("Title")).hasValue(word + " hours");
        grace.button("Publish").click();
        assertThat(reply.getByText("Published.")).isVisible();
        // Its button is gone.
        assertThat(reply).isFocused();
        assertThat(row(grace, "hours")).containsText("Published");
        axe.looksAt(page, "a reply beside the list");

        // On a phone there is one at a time, and a way back.
        page.setViewportSize(390, 844);
        assertThat(row(grace, "shops")).isHidden();
        grace.button("All replies").click();
        assertThat(row(grace, "hours")).isFocused();
        page.keyboard().press("ArrowDown");
        assertThat(row(grace, "shops")).isFocused();
        page.keyboard().press("Enter");
        assertThat(reply.getByLabel("Text")).hasValue("We are in four towns.");
        page.goBack();
        assertThat(reply).hasCount(0);
        assertThat(row(grace, "hours")).isVisible();
        Assertions.assertThat(axe.found()).isEmpty();
    }

    @Test
    void a_version_is_compared_and_restored_in_both_languages() throws IOException {
        Axe axe = new Axe();
        ReplyView first = written(word + " 钟点", "我们九点开门。", "zh");
        knowledge.update(
                first.id(),
                new ReplyDraft(null, first.title(), "我们十点开门。", "zh", List.of(), null, first.version()),
                null);
        AdminPage grace = search(admin());
        row(grace, "钟点").click();
        Locator reply = grace.reply();
        reply.getByText("Versions: 2").click();
        Locator versions =
                reply.getByRole(AriaRole.LIST, new Locator.GetByRoleOptions().setName("Versions, the newest first"));
        Locator newest = versions.getByRole(AriaRole.LISTITEM).first();
        assertThat(newest.locator("ins")).hasText("added: 十");
        assertThat(newest.locator("del")).hasText("removed: 九");
        axe.looksAtWindow(grace.page(), "versions of a reply");

        grace.button("Restore: version 1").click();
        assertThat(reply.getByLabel("Text")).hasValue("我们九点开门。");
        assertThat(newest).containsText("Restored from version 1.");
        assertThat(newest).containsText("by Grace");
        assertThat(reply).isFocused();
        grace.button("中文").click();
        assertThat(grace.page().getByText("恢复自第 1 版。")).isVisible();
        axe.glancesAt(grace.page(), "versions of a reply in Chinese");
        Assertions.assertThat(axe.found()).isEmpty();
    }

    @Test
    void many_are_acted_on_at_once_and_one_is_said_in_another_language() throws IOException {
        Axe axe = new Axe();
        written(word + " straps", "A strap costs [number] euros.", "en");
        written(word + " hours", "We open at nine.", "en");
        AdminPage grace = search(admin());
        Page page = grace.page();
        page.getByLabel("Choose all 2 that are listed").check();
        // Another search does not let them go.
        search(grace, word + " straps");
        assertThat(rows(grace)).hasCount(1);
        assertThat(page.getByText("1 of them is not found by this search")).isVisible();
        search(grace);
        grace.button("Publish the chosen").click();
        Locator bar = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("With the chosen replies"));
        assertThat(bar).containsText("1 reply was changed. 1 was left as it is:");
        assertThat(bar).containsText(word + " straps: “[number]” still stands in the text.");
        assertThat(row(grace, "hours")).containsText("Published");
        assertThat(row(grace, "straps")).containsText("Draft");
        assertThat(page.getByLabel("Choose: " + word + " straps")).isChecked();
        axe.looksAtWindow(page, "what was done with many replies");
        bar.getByLabel("Review date of the chosen")
                .fill(LocalDate.now(ZoneOffset.UTC).toString());
        grace.button("Set review date").click();
        assertThat(row(grace, "straps")).containsText("To review");

        grace.goTo("Overview");
        page.getByRole(AriaRole.LINK)
                .filter(new Locator.FilterOptions().setHasText("to be reviewed"))
                .click();
        assertThat(rows(grace)).hasCount(1);
        row(grace, "straps").click();
        Locator reply = grace.reply();
        assertThat(reply).containsText("Its review date has come");
        grace.button("In 6 months").click();
        assertThat(reply).containsText("To be looked at again on");
        grace.button("Filters (1)").click();
        page.getByLabel("To review").uncheck();

        row(grace, "hours").click();
        assertThat(reply.getByLabel("Title")).hasValue(word + " hours");
        grace.button("Write it in Chinese").click();
        assertThat(reply.getByRole(
                        AriaRole.REGION, new Locator.GetByRoleOptions().setName("The reply that it translates")))
                .containsText("We open at nine.");
        assertThat(reply.getByLabel("Title")).hasValue("");
        reply.getByLabel("Title").fill(word + " 译文");
        reply.getByLabel("Text").fill("我们九点开门。");
        grace.button("Publish").click();
        Locator others = reply.getByRole(AriaRole.REGION, new Locator.GetByRoleOptions().setName("In other languages"));
        assertThat(others).containsText("We open at nine.");
        axe.looksAtWindow(page, "a reply and what it translates");
        grace.button("Open: " + word + " hours").click();
        assertThat(reply.getByLabel("Title")).hasValue(word + " hours");
        assertThat(others).containsText("我们九点开门。");
        Assertions.assertThat(axe.found()).isEmpty();
    }
}
