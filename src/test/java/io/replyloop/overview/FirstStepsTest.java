package io.replyloop.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.overview.FirstStepsView.Step;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.Sites;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** In an installation that is new for as long as the transaction lasts. */
@QuarkusTest
class FirstStepsTest {
    private static final UUID CONVERSATION = UUID.randomUUID();

    @Inject
    FirstSteps steps;

    @Inject
    Sites sites;

    @Inject
    Agents agents;

    @Inject
    Session database;

    /** Everything is taken back in the end. */
    private void inANewInstallation(Runnable test) {
        QuarkusTransaction.begin();
        try {
            sql("truncate conversation, reply, history_import, account_link, site, first_steps_put_away cascade");
            sql("update agent_account set active = false");
            test.run();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private void sql(String statement) {
        database.createNativeMutationQuery(statement).executeUpdate();
    }

    private List<FirstStep> done() {
        return steps.view().steps().stream().filter(Step::done).map(Step::name).toList();
    }

    private UUID site(String... origins) {
        return sites.create(new SiteSettings("Kites", List.of(origins), null, "", "", false))
                .id();
    }

    private void event(int sequence, String kind, String author) {
        sql("insert into conversation_event (conversation_id, sequence, kind, author_kind, text"
                + ("note".equals(kind) ? ")" : ", public_sequence)") + " values ('" + CONVERSATION + "', " + sequence
                + ", '" + kind + "', '" + author + "', 'x'" + ("note".equals(kind) ? ")" : ", " + sequence + ")"));
    }

    @Test
    void each_step_is_done_once_what_it_asks_for_is_there() {
        inANewInstallation(this::eachStep);
    }

    private void eachStep() {
        agents.create("ada@kites.example", "Ada", Role.ADMIN, "x");
        assertThat(steps.view().steps()).extracting(Step::name).containsExactly(FirstStep.values());
        assertThat(done()).isEmpty();

        UUID site = site("https://kites.example");
        assertThat(done()).containsExactly(FirstStep.SITE);

        sql("insert into reply (id, title, text, state) values (gen_random_uuid(), 'Kites', 'Wind', 'draft')");
        assertThat(done()).as("nobody is suggested a draft").doesNotContain(FirstStep.REPLIES);
        sql("update reply set state = 'published'");
        assertThat(done()).containsExactly(FirstStep.SITE, FirstStep.REPLIES);

        agents.create("ben@kites.example", "Ben", Role.AGENT, "x");
        assertThat(done()).containsExactly(FirstStep.SITE, FirstStep.REPLIES, FirstStep.COLLEAGUE);

        sql("insert into site_sighting (site_id, origin) values ('" + site + "', 'https://kites.example')");
        assertThat(done()).contains(FirstStep.SNIPPET).doesNotContain(FirstStep.HELLO);

        UUID customer = UUID.randomUUID();
        sql("insert into customer (id, site_id) values ('" + customer + "', '" + site + "')");
        sql("insert into conversation (id, site_id, customer_id, spam) values ('" + CONVERSATION + "', '" + site
                + "', '" + customer + "', true)");
        event(1, "message", "customer");
        event(2, "note", "agent");
        assertThat(done()).as("spam says no hello").doesNotContain(FirstStep.HELLO, FirstStep.ANSWER);
        sql("update conversation set spam = false");
        assertThat(done()).contains(FirstStep.HELLO).doesNotContain(FirstStep.ANSWER);

        event(3, "message", "agent");
        assertThat(done()).containsExactly(FirstStep.values());
    }

    @Test
    void history_does_for_replies_and_an_invitation_for_a_colleague() {
        inANewInstallation(this::otherWays);
    }

    private void otherWays() {
        sql("insert into history_import (id, file_name, reading, state)"
                + " values (gen_random_uuid(), 'a.json', '{}', 'ready')");
        assertThat(done()).isEmpty();
        sql("update history_import set state = 'imported'");
        assertThat(done()).containsExactly(FirstStep.REPLIES);

        sql("insert into account_link (id, token_hash, email, name, role, created_at, expires_at)"
                + " values (gen_random_uuid(), decode('" + "ab".repeat(32)
                + "', 'hex'), 'a@b.example', 'A', 'agent', now(), now() - interval '1 minute')");
        assertThat(done()).as("nobody can follow an old link").containsExactly(FirstStep.REPLIES);
        sql("update account_link set expires_at = now() + interval '1 day'");
        assertThat(done()).containsExactly(FirstStep.REPLIES, FirstStep.COLLEAGUE);
    }

    @Test
    void the_page_to_say_hello_on_is_one_that_has_the_widget_or_else_one_that_is_meant_to() {
        inANewInstallation(this::pageToSayHello);
    }

    private void pageToSayHello() {
        assertThat(steps.view().page()).isNull();
        UUID wide = site("https://*.kites.example");
        assertThat(steps.view().page()).as("a star is no address").isNull();
        site("https://shop.kites.example");
        assertThat(steps.view().page()).isEqualTo("https://shop.kites.example");
        sql("insert into site_sighting (site_id, origin) values ('" + wide + "', 'https://blog.kites.example')");
        assertThat(steps.view().page()).isEqualTo("https://blog.kites.example");
    }

    @Test
    void they_are_put_away_for_everybody_and_come_back() {
        inANewInstallation(this::awayAndBack);
    }

    private void awayAndBack() {
        steps.putAway(true);
        steps.putAway(true);
        assertThat(steps.view().putAway()).isTrue();
        steps.putAway(false);
        assertThat(steps.view().putAway()).isFalse();
    }
}
