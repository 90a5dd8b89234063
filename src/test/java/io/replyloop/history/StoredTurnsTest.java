package io.replyloop.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredTurnsTest {
    private static Said customer(String text) {
        return new Said(Writer.CUSTOMER, text, null);
    }

    private static Said agent(String text) {
        return new Said(Writer.AGENT, text, null);
    }

    @Test
    void what_is_stored_is_read_again_with_its_line_breaks() {
        List<Said> said = List.of(customer("One\ntwo"), new Said(Writer.BOT, "* three", null), agent("- four\n> five"));

        assertThat(StoredTurns.read(StoredTurns.masked(said, List.of()))).isEqualTo(said);
    }

    @Test
    void personal_data_is_masked_by_what_was_asked_before_it() {
        String stored = StoredTurns.masked(
                List.of(
                        agent("What is your phone number, please?"),
                        customer("030 1234567"),
                        customer("zoe@example.org")),
                List.of());

        assertThat(stored).isEqualTo("> What is your phone number, please?\n- [phone]\n- [email]");
    }

    @Test
    void names_that_the_file_tells_are_masked_where_they_stand_as_words() {
        String stored = StoredTurns.masked(
                List.of(
                        customer("I am Zoe Zimmer, and Zoey is my dog"),
                        agent("Dear Zoe, hello. Bright day! Ben Bright")),
                List.of("Zoe Zimmer", "Ben Bright", "de"));

        assertThat(stored).isEqualTo("- I am [name], and Zoey is my dog\n> Dear [name], hello. [name] day! [name]");
        assertThat(StoredTurns.masked(List.of(customer("我是李雷")), List.of("李雷"))).isEqualTo("- 我是[name]");
    }

    @Test
    void masking_stops_when_nobody_wants_it_any_more() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(HistoryStore.NotOurs.class)
                    .isThrownBy(() -> StoredTurns.masked(List.of(agent("Dear Zoe")), List.of("Zoe")));
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void signatures_and_quoted_mail_are_cut_where_they_are_certain() {
        assertThat(MessageTidying.of("Yes.\n\nBest regards,\nBen\nSupport Team", false))
                .isEqualTo("Yes.");
        assertThat(MessageTidying.of("Thanks", false)).isEqualTo("Thanks");
        assertThat(MessageTidying.of("Best regards are all I have.\nOr not.", false))
                .isEqualTo("Best regards are all I have.\nOr not.");
        assertThat(MessageTidying.of("Fine.\n\nSent from my iPhone", false)).isEqualTo("Fine.");
        assertThat(MessageTidying.of("Fine.\n-----Original Message-----\nFrom: me", false))
                .isEqualTo("Fine.");
        assertThat(MessageTidying.of("<div>Fine &amp; good<br>really</div>", false))
                .isEqualTo("Fine & good\nreally");
        assertThat(MessageTidying.of("a\u0000b\u0007c\ud800", false)).isEqualTo("abc");
    }

    @Test
    void times_are_read_as_programs_write_them() {
        assertThat(Fields.time("2026-03-01T09:00:00Z")).isEqualTo(Instant.parse("2026-03-01T09:00:00Z"));
        assertThat(Fields.time("2026-03-01 10:00:00 +0100")).isEqualTo(Instant.parse("2026-03-01T09:00:00Z"));
        assertThat(Fields.time("2026-03-01 09:00")).isEqualTo(Instant.parse("2026-03-01T09:00:00Z"));
        assertThat(Fields.time("2026/03/01")).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(Fields.time("1772355600")).isEqualTo(Instant.parse("2026-03-01T09:00:00Z"));
        assertThat(Fields.time("1772355600000")).isEqualTo(Instant.parse("2026-03-01T09:00:00Z"));
        assertThat(Fields.time("yesterday")).isNull();
        assertThat(Fields.time("0001-01-01T00:00:00Z")).isNull();
        assertThat(Fields.time("99999999999999999999")).isNull();
    }
}
