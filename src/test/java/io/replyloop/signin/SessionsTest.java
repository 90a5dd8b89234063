package io.replyloop.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import jakarta.inject.Inject;
import java.util.Set;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionsTest {
    private static final String WHERE = "where token_hash = decode(:value, 'hex')";
    private static final String GONE = SecretToken.nameOf("nobody's");

    @Inject
    Team team;

    @Inject
    Sessions sessions;

    @Inject
    Session database;

    @Test
    void those_that_have_ended_do_not_hold_and_only_use_prolongs() {
        String used = Team.sessionOf(team.newMember(Role.AGENT));
        String idle = Team.sessionOf(team.newMember(Role.AGENT));
        String ended = Team.sessionOf(team.newMember(Role.AGENT));
        for (String session : Set.of(used, idle)) {
            team.sql("update agent_session set last_seen_at = now() - interval '23 hours' " + WHERE, session);
        }
        team.sql("update agent_session set expires_at = now() " + WHERE, ended);

        assertThat(sessions.holding(Set.of(used, idle, ended, GONE), Set.of(used)))
                .containsExactlyInAnyOrder(used, idle);
        for (String session : Set.of(used, idle)) {
            team.sql("update agent_session set last_seen_at = last_seen_at - interval '2 hours' " + WHERE, session);
        }
        assertThat(sessions.holding(Set.of(used, idle), Set.of())).containsExactly(used);
        assertThat(sessions.holding(Set.of(), Set.of())).isEmpty();
    }

    @Test
    void looking_which_hold_does_not_read_all_there_are() {
        Team.Member member = team.newMember(Role.AGENT);
        String session = Team.sessionOf(member);
        QuarkusTransaction.begin();
        try {
            database.createNativeMutationQuery("insert into agent_session (token_hash, account_id, expires_at)"
                            + " select sha256(cast(cast(n as text) as bytea)), :account, now()"
                            + " from generate_series(1, 5000) n")
                    .setParameter("account", member.agent().id())
                    .executeUpdate();
            database.createNativeMutationQuery("analyze agent_session").executeUpdate();
            long before = wholeReads();
            assertThat(sessions.holding(Set.of(session, GONE), Set.of(session))).containsExactly(session);
            assertThat(wholeReads()).isEqualTo(before);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    /** How often this transaction has read the table from one end to the other. */
    private long wholeReads() {
        return database.createNativeQuery(
                        "select seq_scan from pg_stat_xact_user_tables where relname = 'agent_session'", Long.class)
                .getSingleResult();
    }
}
