package io.replyloop.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DraftBlanksTest {
    private static final Instant APRIL = Instant.parse("2026-04-01T10:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-03T10:00:00Z");

    private static DraftBlanks.Message said(String text, Instant at) {
        return new DraftBlanks.Message(text, at);
    }

    private static List<String> values(DraftBlank blank) {
        return blank.values().stream().map(DraftBlank.Value::text).toList();
    }

    @Test
    void each_value_is_counted_with_its_last_time_and_the_newest_is_named() {
        List<DraftBlank> blanks = DraftBlanks.of(
                "Delivery costs [number] euros.",
                List.of(
                        said("Delivery costs 4.95 euros.", APRIL),
                        said("delivery costs 4.95 euros", null),
                        said("Delivery costs 5.95 euros!", MAY)));

        assertThat(blanks)
                .containsExactly(new DraftBlank(
                        "[number]",
                        "Delivery costs",
                        "euros.",
                        List.of(
                                new DraftBlank.Value("4.95", 2, APRIL, false),
                                new DraftBlank.Value("5.95", 1, MAY, true))));
    }

    @Test
    void other_words_for_the_same_tell_it_too_and_what_is_not_certain_is_not_told() {
        DraftBlank blank = DraftBlanks.of(
                        "Delivery costs [number] euros.",
                        List.of(
                                said("The delivery is 4.95 euros in all.", MAY),
                                said("Delivery costs 5 to 7 euros.", MAY),
                                said("It is 12 days until then.", MAY),
                                said("Parrots may come in.", MAY)))
                .get(0);

        assertThat(values(blank)).containsExactly("4.95");
    }

    @Test
    void several_brackets_each_have_their_own_values_and_what_is_masked_or_a_name_is_none() {
        List<DraftBlank> blanks = DraftBlanks.of(
                "Dear [name], it comes on [name] between [time] and [time]. Write to [email].",
                List.of(
                        said("Dear [name], it comes on Monday between 8:00 and 9:30. Write to [email].", MAY),
                        said("Dear Ann, it comes on Friday between 8:00 and 10:30. Write to [email].", APRIL)));

        assertThat(blanks)
                .extracting(DraftBlanksTest::values)
                .isEqualTo(List.of(List.of(), List.of(), List.of("8:00"), List.of("9:30", "10:30"), List.of()));
    }

    @Test
    void numbers_in_a_row_are_one_value() {
        DraftBlank blank = DraftBlanks.of(
                        "Call [number] in London.", List.of(said("Call 020 7946 0018 in London.", MAY)))
                .get(0);

        assertThat(values(blank)).containsExactly("020 7946 0018");
    }

    @Test
    void chinese_is_laid_side_by_side_as_well() {
        DraftBlank blank = DraftBlanks.of(
                        "运费是[number]元。", List.of(said("运费是12元。", APRIL), said("运费是15元", MAY), said("运费是15元！", MAY)))
                .get(0);

        assertThat(values(blank)).containsExactly("15", "12");
    }

    @Test
    @Timeout(60)
    void long_texts_are_read_as_far_as_somebody_would() {
        String text = "1 Word ".repeat(20_000);

        assertThat(DraftBlanks.of("[number] " + text, List.of(said(text, MAY), said(text, MAY))))
                .hasSize(1);
        assertThat(DraftBlanks.of("No brackets [sic].", List.of(said(text, MAY))))
                .isEmpty();
    }
}
