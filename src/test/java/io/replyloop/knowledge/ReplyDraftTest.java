package io.replyloop.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyDraftTest {
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private static String violations(ReplyDraft draft) {
        return VALIDATOR.validate(draft).stream()
                .map(violation ->
                        violation.getPropertyPath().iterator().next().getName() + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static ReplyDraft language(String language) {
        return new ReplyDraft(null, "Title", "Text", language, List.of(), null, null);
    }

    private static ReplyDraft shortcode(String shortcode) {
        return new ReplyDraft(null, "Title", "Text", "en", List.of(), shortcode, null);
    }

    private static ReplyDraft text(String text) {
        return new ReplyDraft(null, "Title", text, "en", List.of(), null, null);
    }

    @Test
    void a_good_draft_breaks_no_rule() {
        ReplyDraft draft = new ReplyDraft("l", "标题", "多行\n文本\t完", "zh-TW", List.of("订单", "a b"), "退款_1", 3);
        assertThat(violations(draft)).isEqualTo("");
    }

    @Test
    void spaces_around_and_line_ends_are_tidied() {
        ReplyDraft draft = new ReplyDraft(" ", " Title ", "\r\na\r\nb\rc ", null, List.of(" x ", "x"), "/hi", null);
        assertThat(draft.label()).isNull();
        assertThat(draft.title()).isEqualTo("Title");
        assertThat(draft.text()).isEqualTo("a\nb\nc");
        assertThat(draft.language()).isEqualTo("en");
        assertThat(draft.categories()).isEqualTo(List.of("x"));
        assertThat(draft.shortcode()).isEqualTo("hi");
    }

    @Test
    void title_and_text_are_needed() {
        assertThat(violations(new ReplyDraft(null, " ", null, "en", null, null, null)))
                .isEqualTo(
                        "text is missing; write what the customer gets to read; title is missing; give the reply a short title");
    }

    private static String offering(String... choices) {
        return violations(new ReplyDraft(null, "Title", "Text", "en", List.of(), null, List.of(choices), null));
    }

    @Test
    void short_answers_fit_on_buttons_can_be_seen_and_are_written_out() {
        assertThat(offering(" Yes ", "还没有")).isEqualTo("");
        assertThat(offering("1", "2", "3", "4", "5", "6")).isEqualTo("choices are too many; leave some out");
        assertThat(offering("Yes", "Yes")).startsWith("choices have the same one twice");
        assertThat(offering("\u200b")).startsWith("choices have one that nobody could see");
        assertThat(offering("I am {{customer.name}}")).startsWith("choices have a variable");
        assertThat(offering("half \uD83D")).startsWith("choices have a character that cannot be stored");
    }

    @Test
    void the_longest_text_is_one_message() {
        assertThat(violations(text("a".repeat(8000)))).isEqualTo("");
        assertThat(violations(text("a".repeat(8001))))
                .isEqualTo("text is too long; at most 8000 characters are allowed in one message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0007b", "a\u001bb", "a\uD83Db", "a\uDE00b"})
    void characters_that_no_database_takes_are_refused(String text) {
        assertThat(violations(text(text)).startsWith("text contains a control character"))
                .as("%s", violations(text(text)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh", "zh-TW", "zh_CN", "EN-us", "zh-Hant-TW", "de"})
    void language_codes_are_taken(String code) {
        assertThat(violations(language(code))).isEqualTo("");
    }

    @Test
    void language_codes_are_written_one_way() {
        assertThat(language("ZH_cn").language()).isEqualTo("zh-CN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"English", "xx", "1", "e", "中文", "en;drop", "<script>"})
    void what_is_no_language_code_is_refused(String code) {
        assertThat(violations(language(code)))
                .isEqualTo("language is not a language code such as 'en', 'zh' or 'zh-TW'");
    }

    @Test
    void a_language_code_without_end_is_refused() {
        assertThat(violations(language("en-x" + "-abcdefgh".repeat(100))).startsWith("language is too long"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hi", "退款", "a_b-2", "0"})
    void shortcodes_are_taken(String shortcode) {
        assertThat(violations(shortcode(shortcode))).isEqualTo("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-a", "_a", "a/b", "=a", "a.b", "//a"})
    void odd_shortcodes_are_refused(String shortcode) {
        assertThat(violations(shortcode(shortcode)).startsWith("shortcode may have letters"))
                .as("%s", shortcode)
                .isTrue();
    }

    @Test
    void categories_are_limited_in_number_length_and_content() {
        List<String> many = IntStream.range(0, 101).mapToObj(Integer::toString).toList();
        assertThat(violations(categories(many))).isEqualTo("categories are too many; at most 100 are allowed");
        assertThat(violations(categories(List.of("a", " ")))).isEqualTo("categories has an empty category; remove it");
        assertThat(violations(categories(List.of("a".repeat(81)))))
                .isEqualTo("categories has a category that is too long; at most 80 characters");
        assertThat(violations(categories(List.of("a;b"))))
                .isEqualTo("categories has a category with a semicolon, tab or line end; remove that");
        assertThat(violations(categories(List.of("a\uD83Db"))))
                .isEqualTo("categories contains a control character or half a character; remove it");
        assertThat(violations(categories(Collections.singletonList(null))))
                .isEqualTo("categories has an empty category; remove it");
    }

    private static ReplyDraft categories(List<String> categories) {
        return new ReplyDraft(null, "Title", "Text", "en", categories, null, null);
    }
}
