package io.replyloop.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replyloop.platform.Problem;
import io.replyloop.reports.HandlingView.Times;
import io.replyloop.reports.ReportView.AgentRow;
import io.replyloop.reports.ReportView.Bucket;
import io.replyloop.reports.ReportView.Change;
import io.replyloop.reports.ReportView.Counts;
import io.replyloop.reports.ReportView.Coverage;
import io.replyloop.reports.ReportView.LearnedBucket;
import io.replyloop.reports.ReportView.Learning;
import io.replyloop.reports.ReportView.ModelRow;
import io.replyloop.reports.ReportView.NamedRow;
import io.replyloop.reports.ReportView.ReplyRow;
import io.replyloop.reports.ReportView.ResponseBucket;
import io.replyloop.reports.ReportView.ResponseRow;
import io.replyloop.reports.ReportView.Unused;
import io.replyloop.reports.SatisfactionView.OfAgent;
import io.replyloop.reports.SatisfactionView.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReportTableTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-29");
    private static final Counts COUNTS = new Counts(10, 2, 7, 3, 1, 1, 2, 1);

    private static ReportView report() {
        return new ReportView(
                DAY,
                DAY,
                "UTC",
                "day",
                true,
                COUNTS,
                new Change(7, 5, 0.5, null, 0, null, null, null),
                List.of(new Bucket(DAY, COUNTS)),
                List.of(new ReplyRow(new UUID(0, 1), "=cmd|' /C calc'!A0", "a, \"b\"", 9, 3, 1, 1, 1)),
                List.of(new NamedRow(null, COUNTS), new NamedRow("订单", COUNTS)),
                List.of(new AgentRow(new UUID(0, 2), "@Ada", COUNTS)),
                List.of(new ModelRow(3, COUNTS)),
                List.of(new ResponseRow("taken", true, 4, 12.34, 100)),
                List.of(new ResponseBucket(DAY, "none", 2, 7)),
                new HandlingView(
                        9,
                        new Times(4, 12.34, 100.0),
                        new Times(3, 60.0, 90.0),
                        List.of(
                                new HandlingView.Bucket(DAY, 9, new Times(4, 12.34, 100.0), new Times(3, 60.0, 90.0)),
                                new HandlingView.Bucket(DAY.plusDays(1), 0, Times.NONE, Times.NONE))),
                new SatisfactionView(
                        new Scores(4, 3, 1, 3.75),
                        List.of(
                                new SatisfactionView.Bucket(DAY, new Scores(4, 3, 1, 3.75)),
                                new SatisfactionView.Bucket(DAY.plusDays(1), Scores.NONE)),
                        List.of(new OfAgent(new UUID(0, 2), "@Ada", new Scores(4, 3, 1, 3.75)))),
                new Coverage(2, 1, List.of(new Unused(new UUID(0, 3), "-unused", null))),
                new Learning(5, 5, 0, true, null, null, List.of(new LearnedBucket(DAY, 5, 4, 3, 5, 4))));
    }

    @Test
    void tables_are_written_as_in_the_golden_file() throws IOException {
        String written = Arrays.stream(ReportTable.values())
                .map(table -> table.wireName() + "\n" + table.csv(report()))
                .collect(Collectors.joining("\n"));
        assertThat(written.replace("\r\n", "\n"))
                .isEqualTo(Files.readString(Path.of("src/test/resources/reports/tables.txt")));
    }

    @Test
    void heads_are_words_and_no_names_of_the_code() {
        for (ReportTable table : ReportTable.values()) {
            String heads = table.csv(report()).lines().findFirst().orElseThrow();
            assertThat(heads.replace("\uFEFF", "").split(","))
                    .allMatch(head -> head.matches("[A-Z][a-z]+( ([a-z]+|ID))*( \\(seconds\\))?"), "words");
        }
    }

    @Test
    void lines_end_as_the_standard_says() {
        assertThat(ReportTable.MODELS.csv(report())).endsWith("3,10,2,7,3,1,1,2,1\r\n");
    }

    @Test
    void an_unknown_table_is_refused_with_the_names_of_those_there_are() {
        assertThatThrownBy(() -> ReportTable.named("wages"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("over-time, replies");
        assertThat(ReportTable.named("over-time")).isEqualTo(ReportTable.OVER_TIME);
    }
}
