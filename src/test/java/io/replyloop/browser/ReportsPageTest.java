package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.reports.ReportWorld;
import io.replyloop.reports.ReportWorld.Asked;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin reads what agents do with suggestions. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class ReportsPageTest extends AccessibilityTest {
    private static final String TEXT = "A kite needs wind.";

    @Inject
    ReportWorld world;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private void answers(int number) {
        SignedInAgent ada = team.newMember(Role.AGENT).agent();
        UUID kite = chat.published(TEXT);
        for (int i = 0; i < number; i++) {
            Asked asked = world.asked(
                    Instant.parse("2005-04-11T10:00:00Z"),
                    List.of(kite),
                    List.of(),
                    i % 4 == 0 ? "风筝怎么放？" : "What does a kite need?");
            world.answered(
                    asked,
                    ada,
                    Duration.ofMinutes(i + 1),
                    i % 2 == 0 ? TEXT : "Ask my colleague.",
                    i % 2 == 0 ? kite : null);
        }
    }

    private static void chooses(Page page, String from, String to) {
        page.getByLabel("Last day").fill(to);
        page.getByLabel("First day").fill(from);
    }

    @Test
    void a_new_team_reads_what_will_be_here() {
        Page page = admin().goTo("Reports").page();
        chooses(page, "2003-02-01", "2003-02-28");

        assertThat(page.getByText("No customer has asked anything in this period."))
                .isVisible();
        axe.looksAt(page, "reports, nothing yet");
    }

    @Test
    void figures_are_said_drawn_listed_filtered_and_taken_along() throws IOException {
        answers(40);
        AdminPage grace = admin().goTo("Reports");
        Page page = grace.page();
        chooses(page, "2005-04-01", "2005-04-30");
        assertThat(page.getByText("Agents took a suggestion in 50% of 40 answers."))
                .isVisible();
        assertThat(page.locator(".report-chart canvas").first()).isVisible();
        Locator table = page.locator("details.report-table").first();
        table.locator("summary").click();
        assertThat(table.getByRole(AriaRole.ROW)).hasCount(31);
        axe.looksAt(page, "reports");
        grace.button("中文").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("建议的采用")))
                .isVisible();
        axe.glancesAt(page, "reports in Chinese");
        grace.button("English").click();

        page.getByLabel("Language of the question").selectOption("zh");
        assertThat(page.getByText(Pattern.compile("For \\d+% of 10 questions"))).isVisible();
        assertThat(page).hasURL(Pattern.compile("#/reports/\\?.*language=zh"));
        page.reload();
        assertThat(page.getByLabel("Language of the question")).hasValue("zh");
        table.locator("summary").click();
        Download file = page.waitForDownload(
                () -> table.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Export CSV"))
                        .click());
        assertThat(file.suggestedFilename()).isEqualTo("report-over-time.csv");
        assertThat(Files.readString(file.path()).lines().toList()).hasSize(31);
    }
}
