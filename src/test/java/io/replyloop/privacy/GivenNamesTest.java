package io.replyloop.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wei Zhang | I am wei  zhang. | I am [name].",
                "Wei Zhang | Dear Zhang, dear Wei! | Dear [name], dear [name]!",
                "Will Rose | I will wait, the rose can wait. | I will wait, the rose can wait.",
                "Will Rose | Will waits. | [name] waits.",
                "Ann | Annual plans, Ann? | Annual plans, [name]?",
                "张伟 | 我是张伟，我的包裹在哪里？ | 我是[name]，我的包裹在哪里？",
                "J R | J R asks, J waits. | [name] asks, J waits.",
                "$1 (.*) | Costs $1 (.*) today | Costs [name] today",
                "Jo-Ann O'Neil | Ask O'Neil. | Ask [name].",
                "X | X marks the spot | X marks the spot"
            })
    void names_are_taken_out_and_other_words_stay(String name, String text, String masked) {
        assertThat(GivenNames.masked(text, name)).isEqualTo(masked);
        assertThat(GivenNames.masked(masked, name)).isEqualTo(masked);
    }

    @Test
    void without_a_name_or_a_text_nothing_is_masked() {
        assertThat(GivenNames.masked("Hello Wei", null)).isEqualTo("Hello Wei");
        assertThat(GivenNames.masked("Hello Wei", "")).isEqualTo("Hello Wei");
        assertThat(GivenNames.masked(null, "Wei")).isNull();
    }
}
