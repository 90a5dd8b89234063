package io.replyloop.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.frames.FrameCodec;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.Sites;
import io.replyloop.suggestion.SuggestionService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WarmupTest {
    private static final List<String> TABLES = List.of(
            "customer",
            "conversation",
            "conversation_event",
            "impression",
            "impression_candidate",
            "decision",
            "example",
            "answered_question");

    @Inject
    Sites sites;

    @Inject
    Agents agents;

    @Inject
    Team team;

    @Inject
    ConversationService conversations;

    @Inject
    SuggestionService suggestions;

    @Inject
    FeedbackService feedback;

    @Inject
    FrameCodec codec;

    @Inject
    UserTransaction transactions;

    @Inject
    EntityManager entities;

    @Test
    void it_plays_whole_exchanges_and_leaves_nothing_behind() {
        sites.create(new SiteSettings("Shop", List.of(), null, "", "", false));
        team.newMember(Role.AGENT);
        Map<String, Long> before = rows();

        assertThat(warmup(7, Duration.ofMinutes(1)).play()).isEqualTo(7);

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void it_ends_when_its_time_is_over() {
        assertThat(warmup(7, Duration.ZERO).play()).isZero();
    }

    private Warmup warmup(int exchanges, Duration limit) {
        WarmupConfig config = new WarmupConfig() {
            @Override
            public int exchanges() {
                return exchanges;
            }

            @Override
            public Duration limit() {
                return limit;
            }
        };
        return new Warmup(config, sites, agents, conversations, suggestions, feedback, codec, transactions);
    }

    private Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : TABLES) {
            Object count = entities.createNativeQuery("select count(*) from " + table, Long.class)
                    .getSingleResult();
            rows.put(table, (Long) count);
        }
        return rows;
    }
}
