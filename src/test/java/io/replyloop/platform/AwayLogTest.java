package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwayLogTest {
    private static final Pattern MORE = Pattern.compile("([0-9]+) more");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler listener = new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord line) {
            if (line.getLoggerName().equals(ProblemMappers.class.getName())) {
                lines.add(new PatternFormatter("%s").format(line));
            }
        }
    };

    @BeforeEach
    void listen() {
        LogManager.getLogManager().getLogger("").addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        LogManager.getLogManager().getLogger("").removeHandler(listener);
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "40P01", "40001", "55P03"})
    void what_befalls_single_statements_has_a_line_each(String state) {
        AwayLog log = new AwayLog(Duration.ofMinutes(1));
        String first = log.logged(new SQLException("canceling statement due to statement timeout", state));
        String second = log.logged(new SQLException("canceling statement due to statement timeout", state));
        assertThat(first).isNotEqualTo(second);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains(first);
        assertThat(lines.get(1)).contains(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "53100", "57P03", "58030", "25006"})
    void what_befalls_the_whole_database_shares_a_line(String state) {
        AwayLog log = new AwayLog(Duration.ofMinutes(1));
        String first = log.logged(new SQLException("one table", state));
        assertThat(log.logged(new SQLException("another table", state))).isEqualTo(first);
        assertThat(lines).singleElement().asString().contains(first);
    }

    @Test
    void failures_without_a_state_are_told_apart_by_their_words() {
        AwayLog log = new AwayLog(Duration.ofMinutes(1));
        Set<String> references = Set.of(
                log.logged(new SQLException("Acquisition timeout")),
                log.logged(new SQLException("This connection has been closed")));
        assertThat(references).hasSize(2);
        assertThat(references).contains(log.logged(new SQLException("Acquisition timeout")));
    }

    @Test
    void how_many_were_held_back_is_told_though_nothing_more_comes() {
        AwayLog log = new AwayLog(Duration.ofMillis(500));
        for (int index = 0; index < 5; index++) {
            log.logged(new SQLException("No space left on device", "53100"));
        }
        await().untilAsserted(() -> assertThat(told()).isEqualTo(5));
    }

    /** Those with a line of their own, and those that other lines count. */
    private int told() {
        int told = 0;
        for (String line : lines) {
            Matcher more = MORE.matcher(line);
            told += more.find() ? Integer.parseInt(more.group(1)) : 0;
            told += line.contains("SQLSTATE") ? 1 : 0;
        }
        return told;
    }
}
