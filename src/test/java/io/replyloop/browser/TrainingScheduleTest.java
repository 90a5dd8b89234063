package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin plans when runs start, without knowing cron. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class TrainingScheduleTest extends BrowserTest {
    private static final String SENTENCE = "Every weekday at 02:00 (Asia/Shanghai), if there are 900 new decisions.";

    @Test
    void an_admin_plans_runs_in_words_finds_the_time_zone_by_typing_and_sees_the_next_starts() throws IOException {
        AdminPage grace = admin().goTo("Training");
        Locator card = schedule(grace);
        card.getByLabel("Start runs by schedule").check();
        card.getByLabel("How often").selectOption("weekdays");
        card.getByLabel("Time", new Locator.GetByLabelOptions().setExact(true)).fill("02:00");
        card.getByLabel("Fewest new decisions").fill("900");
        Locator zone = card.getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Time zone"));
        zone.fill("china +8");
        Locator shanghai = card.getByRole(AriaRole.OPTION, new Locator.GetByRoleOptions().setName("Asia/Shanghai"));
        assertThat(shanghai).containsText("UTC+08:00");
        Axe axe = new Axe();
        axe.looksAt(grace.page(), "training, a time zone is looked for");
        shanghai.click();
        card.getByLabel("Keep quiet hours").check();

        assertThat(card).containsText(SENTENCE);
        Locator starts = card.getByRole(AriaRole.LISTITEM);
        assertThat(starts).hasCount(5);
        assertThat(starts.first()).containsText("02:00");
        assertThat(starts.first()).containsText("would be skipped");
        axe.looksAt(grace.page(), "training, a schedule");
        assertThat(axe.found()).isEqualTo(List.of());
        ConsolePage.button(grace.page(), "Save the schedule").click();
        assertThat(card).containsText("Saved.");

        grace.page().reload();
        assertThat(schedule(grace)).containsText(SENTENCE);
        assertThat(schedule(grace).getByLabel("From")).hasValue("08:00");
        schedule(grace).getByLabel("Write it as a cron expression").check();
        assertThat(schedule(grace).getByLabel("When (cron)")).hasValue("0 2 * * 1-5");
        // Otherwise the runs of other tests would wait, at some times of the day.
        schedule(grace).getByLabel("Keep quiet hours").uncheck();
        schedule(grace).getByLabel("Start runs by schedule").uncheck();
        ConsolePage.button(grace.page(), "Save the schedule").click();
        assertThat(schedule(grace)).containsText("Saved.");
    }

    private static Locator schedule(AdminPage admin) {
        return admin.page()
                .getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName("Schedule").setExact(true));
    }
}
