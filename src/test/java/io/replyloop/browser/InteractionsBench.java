package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long the console takes from a key or a click to what is painted next, as the browser's own observer of events has
 * it, with ten thousand conversations that wait and one of five thousand messages open, all of them read back to the
 * first. Not among the tests: {@code ./mvnw test -Dtest=InteractionsBench -DexcludedGroups=none -Dbrowser.required=true};
 * {@code -Dinbox.conversations} and {@code -Dthread.messages} for other sizes.
 */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class InteractionsBench extends BrowserTest {
    private static final Logger LOG = Logger.getLogger(InteractionsBench.class);
    private static final int CONVERSATIONS = Integer.getInteger("inbox.conversations", 10_000);
    private static final int MESSAGES = Integer.getInteger("thread.messages", 5_000);
    private static final int ROUNDS = Integer.getInteger("interaction.rounds", 20);

    /** The observer leaves out what is painted sooner than this; it counts as this long. */
    private static final int SHORTEST_MILLIS = 16;

    @Inject
    EntityManager entities;

    private Page page;
    private final Map<String, List<Integer>> times = new TreeMap<>();

    @Test
    void measure() {
        seed();
        ConsolePage ada = agent("Ada");
        page = ada.page();
        page.evaluate("""
                () => { window.interactions = new Map();
                  new PerformanceObserver(list => list.getEntries().filter(one => one.interactionId).forEach(one =>
                    interactions.set(one.interactionId, Math.max(interactions.get(one.interactionId) ?? 0, one.duration))))
                  .observe({type: 'event', durationThreshold: 16, buffered: true}); }""");
        ada.opens("Long story " + MESSAGES);
        readBack();

        Locator editor = ada.editor();
        for (int round = 0; round < ROUNDS; round++) {
            editor.click();
            for (char letter : "Good day ".toCharArray()) {
                interaction("a letter into the answer", () -> page.keyboard().type(String.valueOf(letter)));
            }
            page.keyboard().press("ControlOrMeta+A");
            page.keyboard().press("Delete");
            page.keyboard().press("Escape");
            interaction("palette opens", () -> page.keyboard().press("ControlOrMeta+K"));
            interaction("palette closes", () -> page.keyboard().press("Escape"));
        }
        for (int round = 0; round < ROUNDS; round++) {
            Locator row = ada.inbox().getByRole(AriaRole.LISTITEM).nth(2 + round % 5);
            interaction(
                    "another conversation",
                    () -> row.getByRole(AriaRole.BUTTON).first().click());
            interaction(
                    "back to the long one",
                    () -> ada.inboxRow("Long story " + MESSAGES)
                            .getByRole(AriaRole.BUTTON)
                            .first()
                            .click());
            assertThat(ada.message("Long story " + MESSAGES)).isVisible();
        }
        for (int round = 0; round < 5; round++) {
            interaction("a message is sent", () -> ada.answers("One moment, please."));
        }
        report();
    }

    private void seed() {
        run("insert into customer (id, site_id) select gen_random_uuid(), (select id from site where key = '" + site
                + "') from generate_series(1, " + CONVERSATIONS + ")");
        String ofSite = "site_id = (select id from site where key = '" + site + "')";
        run("insert into conversation (id, site_id, customer_id, last_text, last_sequence, last_public_sequence,"
                + " agent_read, waiting_since, updated_at) select gen_random_uuid(), site_id, id, case when number = 1 then 'Long story "
                + MESSAGES + "' else 'Question ' || number end, case when number = 1 then " + MESSAGES
                + " else 1 end, case when number = 1 then " + MESSAGES + " else 1 end, case when number = 1 then "
                + MESSAGES
                + " else 0 end, now() - (" + CONVERSATIONS
                + " - number) * interval '1 s' - case when number = 1 then interval '1 day' else interval '0' end, now()"
                + " from (select *, row_number() over () as number from customer where " + ofSite + ") each");
        run("insert into conversation_event (conversation_id, sequence, public_sequence, kind, author_kind, author_id,"
                + " client_id, text) select c.id, n, n, 'message', 'customer', c.customer_id, gen_random_uuid(),"
                + " case when c.last_sequence > 1 then 'Long story ' || n || case when n % 7 = 0 then repeat(' with many words', 20)"
                + " else '' end else c.last_text end from conversation c cross join lateral generate_series(1, c.last_sequence) n"
                + " where c." + ofSite);
        run("analyze conversation");
        run("analyze conversation_event");
    }

    private void run(String sql) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(sql).executeUpdate());
    }

    /** Until the first message is on the page, and then to the end again. */
    private void readBack() {
        page.waitForCondition(
                () -> {
                    page.evaluate("() => document.querySelector('.messages').scrollTop = 0");
                    return page.getByText("Long story 1", new Page.GetByTextOptions().setExact(true))
                                    .count()
                            > 0;
                },
                new Page.WaitForConditionOptions().setTimeout(300_000));
        page.evaluate("() => { const box = document.querySelector('.messages'); box.scrollTop = box.scrollHeight; }");
        LOG.infof(
                "%s messages on the page",
                page.locator("[role=log] [role=listitem], [role=log] li").count());
    }

    private void interaction(String name, Runnable act) {
        page.evaluate("() => interactions.clear()");
        act.run();
        // Entries come after the frame that they were measured to.
        Object took = page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
                + " setTimeout(() => done(Math.max(" + SHORTEST_MILLIS + ", ...interactions.values())), 50))))");
        times.computeIfAbsent(name, one -> new ArrayList<>()).add(((Number) took).intValue());
    }

    private void report() {
        List<Integer> all = new ArrayList<>();
        times.forEach((name, each) -> {
            all.addAll(each);
            LOG.info(line(name, each));
        });
        LOG.info(line("all", all));
        assertThat(all).isNotEmpty();
    }

    private static String line(String name, List<Integer> times) {
        List<Integer> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return "%-26s n %4d  p50 %4d  p95 %4d  longest %4d ms"
                .formatted(
                        name,
                        sorted.size(),
                        sorted.get(sorted.size() / 2),
                        sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1),
                        sorted.get(sorted.size() - 1));
    }
}
