package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.InboxFilter;
import io.replyloop.conversation.InboxOrder;
import io.replyloop.conversation.InboxQuery;
import io.replyloop.conversation.InboxView;
import io.replyloop.conversation.Priority;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A long inbox, of a thousand or of as many as {@code -Dinbox.conversations=10000} says; its figures are printed beside
 * others of the same run.
 */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class InboxTest extends BrowserTest {
    private static final Logger LOG = Logger.getLogger(InboxTest.class);
    private static final int MANY = Integer.getInteger("inbox.conversations", 1_000);

    @Inject
    EntityManager entities;

    @Inject
    ConversationService conversations;

    @BeforeEach
    void manyWait() {
        // Those of other tests would stand at the end of the list.
        run("update conversation set status = 'resolved', waiting_since = null where not " + ofSite());
        run("insert into customer (id, site_id) select gen_random_uuid(), (select id from site where key = '" + site
                + "') from generate_series(1, " + MANY + ")");
        run("insert into conversation (id, site_id, customer_id, last_text, last_sequence, waiting_since, updated_at)"
                + " select gen_random_uuid(), site_id, id, 'Question ' || number, 1, now() - number * interval '1 s',"
                + " now() from (select *, row_number() over () as number from customer where " + ofSite() + ") each");
        run("analyze conversation");
    }

    @AfterEach
    void nobodyWaits() {
        run("delete from conversation where " + ofSite());
        run("delete from customer where " + ofSite());
    }

    private String ofSite() {
        return "site_id = (select id from site where key = '" + site + "')";
    }

    private void run(String sql) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(sql).executeUpdate());
    }

    @Test
    void a_long_inbox_is_scrolled_to_its_end_and_few_rows_are_on_the_page() {
        ConsolePage ada = agent("Ada");
        Page page = ada.page();
        assertThat(ada.inboxRow("Question " + MANY).first()).isVisible();
        Object idle = page.evaluate(FRAMES, 0);
        Object scrolling = page.evaluate(FRAMES, 1);

        page.waitForCondition(() -> {
            page.evaluate(
                    "() => { const list = document.querySelector('.lines'); list.scrollTop = list.scrollHeight; }");
            return page.locator(".conversations > li[aria-setsize='-1']").count() == 0;
        });

        assertThat(ada.inboxRow("Question 1").last()).isVisible();
        assertThat(page.locator(".conversations > li").count() < 100).isTrue();
        Object whole = page.evaluate(FRAMES, -1);
        LOG.infof(
                "Frames of 1 s, median, 95 in 100 and longest in ms: idle %s, while scrolling with pages loading %s,"
                        + " with all %d loaded %s",
                idle, scrolling, MANY, whole);
        InboxQuery first = InboxQuery.first(InboxView.OPEN, null, 100);
        List<UUID> one = List.of(conversations.inbox(first).items().get(0).id());
        LOG.infof(
                "Database, ms: first page %.2f, line of a change %.2f, census %.2f, a statement that reads nothing %.2f",
                millis(() -> conversations.inbox(first)),
                millis(() -> conversations.summaries(one)),
                millis(conversations::census),
                millis(() -> QuarkusTransaction.requiringNew()
                        .run(() -> entities.createNativeQuery("select 1").getSingleResult())));
        measureFilters(UUID.randomUUID());
    }

    /** What each filter and order costs when it looks at all that is open, and finds little or nothing of it. */
    private void measureFilters(UUID me) {
        InboxFilter nothing = new InboxFilter(UUID.randomUUID(), null, false, false, null, null, false);
        InboxFilter unread = new InboxFilter(null, null, true, false, null, null, false);
        InboxFilter urgent = new InboxFilter(null, Priority.URGENT, false, true, "zh", null, true);
        LOG.infof(
                "Database, ms, 95 in 100: by priority %.2f, newest %.2f, a label that none has %.2f, unread %.2f, four"
                        + " filters %.2f, counts %.2f",
                slowest(() -> ask(InboxFilter.NONE, InboxOrder.PRIORITY, me)),
                slowest(() -> ask(InboxFilter.NONE, InboxOrder.NEWEST, me)),
                slowest(() -> ask(nothing, InboxOrder.PRIORITY, me)),
                slowest(() -> ask(unread, InboxOrder.WAITING, me)),
                slowest(() -> ask(urgent, InboxOrder.WAITING, me)),
                slowest(conversations::census));
    }

    private void ask(InboxFilter filter, InboxOrder order, UUID me) {
        conversations.inbox(new InboxQuery(InboxView.OPEN, me, filter, order, null, 100));
    }

    private static double slowest(Runnable task) {
        double[] times = new double[40];
        for (int i = 0; i < times.length; i++) {
            long begin = System.nanoTime();
            task.run();
            times[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(times);
        return times[(int) (times.length * 0.95) - 1];
    }

    /** Scrolls by a row and a half with each frame for a second, and gives how long the frames took. */
    private static final String FRAMES = "direction => new Promise(done => {"
            + " const list = document.querySelector('.lines'), times = []; let last = performance.now(), begin = last;"
            + " const frame = now => { times.push(now - last); last = now; list.scrollTop += direction * 120;"
            + " if (now - begin < 1000) requestAnimationFrame(frame);"
            + " else { times.sort((a, b) => a - b); const at = share => times[Math.floor(share * (times.length - 1))]"
            + ".toFixed(1); done([at(0.5), at(0.95), at(1)].join(' / ')); } };"
            + " requestAnimationFrame(frame); })";

    private static double millis(Runnable task) {
        task.run();
        long begin = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            task.run();
        }
        return (System.nanoTime() - begin) / 20e6;
    }
}
