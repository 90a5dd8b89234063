package io.replyloop.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.search.FoundMessage.Range;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchWordsTest {
    private static List<String> marked(String asked, String text) {
        return SearchWords.of(asked).marks(text).stream()
                .map(mark -> text.substring(mark.from(), mark.to()))
                .toList();
    }

    @Test
    void a_word_is_found_in_its_other_forms_and_the_last_one_by_its_beginning() {
        assertThat(marked("parcel ref", "Parcels come late. A refund? Refunds!"))
                .containsExactly("Parcels", "refund", "Refunds");
    }

    @Test
    void only_the_last_word_may_be_a_beginning() {
        assertThat(marked("ref parcel", "refund the parcel")).containsExactly("parcel");
        assertThat(SearchWords.of("ref parcel").query()).isEqualTo("'ref' & 'parcel':*");
        assertThat(SearchWords.of("parcel ").query()).isEqualTo("'parcel'");
    }

    @Test
    void chinese_is_found_by_pairs_of_characters_and_a_single_one_by_itself() {
        assertThat(SearchWords.of("退款单").query()).isEqualTo("'退款' & '款单'");
        assertThat(SearchWords.of("退").query()).isEqualTo("'退'");
        assertThat(marked("退款", "请问退款多久到？款退")).containsExactly("退款");
        assertThat(marked("退款 iPhone", "iPhone退款")).containsExactly("iPhone退款");
    }

    @Test
    void full_width_and_upper_case_make_no_difference() {
        assertThat(marked("ＡＢＣ１２", "order abc12")).containsExactly("abc12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "?!", "' \\ & | ! ( ) : * <->", "\uD83D"})
    void signs_are_no_words(String asked) {
        assertThat(SearchWords.of(asked).query()).matches("|('[^']*'(:\\*)?( & )?)*");
    }

    @Test
    void no_more_words_are_looked_for_than_are_allowed() {
        String many = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
                + " seventeen";

        assertThat(SearchWords.of(many).query().split(" & ")).hasSize(SearchWords.MOST);
    }

    @Test
    void a_long_message_is_shown_from_a_little_before_the_first_hit() {
        String text = "word ".repeat(100) + "needle " + "word ".repeat(100) + "needle";

        Excerpt excerpt = Excerpt.of(text, SearchWords.of("needle"));

        assertThat(excerpt.text()).startsWith("…word").endsWith("…").hasSizeLessThan(210);
        assertThat(excerpt.marks()).hasSize(1);
        Range mark = excerpt.marks().get(0);
        assertThat(excerpt.text().substring(mark.from(), mark.to())).isEqualTo("needle");
    }

    @Test
    void no_character_is_cut_in_half() {
        String text = "😀".repeat(120) + "退款" + "😀".repeat(120);

        Excerpt excerpt = Excerpt.of(text, SearchWords.of("退款"));

        assertThat(excerpt.text().codePoints().filter(point -> point >= 0xD800 && point <= 0xDFFF))
                .isEmpty();
        assertThat(excerpt.text()).contains("退款");
    }
}
