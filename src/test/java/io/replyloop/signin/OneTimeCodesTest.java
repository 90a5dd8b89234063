package io.replyloop.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimeCodesTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B: the last six of its eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codes_are_those_of_the_standard(long seconds, String code) {
        assertThat(OneTimeCodes.code(SECRET, OneTimeCodes.step(Instant.ofEpochSecond(seconds))))
                .isEqualTo(code);
    }

    /** RFC 4648, section 10, without padding. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void secrets_are_written_as_the_standard_says(String bytes, String text) {
        assertThat(OneTimeCodes.base32(bytes.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(text);
    }

    @Test
    void clocks_may_differ_by_one_step_and_not_by_two() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        long step = OneTimeCodes.step(now);
        for (long near = step - 1; near <= step + 1; near++) {
            assertThat(OneTimeCodes.accepted(SECRET, OneTimeCodes.code(SECRET, near), now, 0))
                    .hasValue(near);
        }
        for (long far : new long[] {step - 2, step + 2}) {
            assertThat(OneTimeCodes.accepted(SECRET, OneTimeCodes.code(SECRET, far), now, 0))
                    .isEmpty();
        }
    }

    @Test
    void a_code_of_a_step_that_was_accepted_or_is_earlier_counts_no_more() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        long step = OneTimeCodes.step(now);
        assertThat(OneTimeCodes.accepted(SECRET, OneTimeCodes.code(SECRET, step), now, step))
                .isEmpty();
        assertThat(OneTimeCodes.accepted(SECRET, OneTimeCodes.code(SECRET, step - 1), now, step))
                .isEmpty();
        assertThat(OneTimeCodes.accepted(SECRET, OneTimeCodes.code(SECRET, step + 1), now, step))
                .hasValue(step + 1);
    }
}
