package io.replyloop.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
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
        assertEquals("", violations(draft));
    }

    @Test
    void spaces_around_and_line_ends_are_tidied() {
        ReplyDraft draft = new ReplyDraft(" ", " Title ", "\r\na\r\nb\rc ", null, List.of(" x ", "x"), "/hi", null);
        assertNull(draft.label());
        assertEquals("Title", draft.title());
        assertEquals("a\nb\nc", draft.text());
        assertEquals("en", draft.language());
        assertEquals(List.of("x"), draft.categories());
        assertEquals("hi", draft.shortcode());
    }

    @Test
    void title_and_text_are_needed() {
        assertEquals(
                "text is missing; write what the customer gets to read; title is missing; give the reply a short title",
                violations(new ReplyDraft(null, " ", null, "en", null, null, null)));
    }

    @Test
    void the_longest_text_is_one_message() {
        assertEquals("", violations(text("a".repeat(8000))));
        assertEquals(
                "text is too long; at most 8000 characters are allowed in one message",
                violations(text("a".repeat(8001))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0007b", "a\u001bb", "a\uD83Db", "a\uDE00b"})
    void characters_that_no_database_takes_are_refused(String text) {
        assertTrue(violations(text(text)).startsWith("text contains a control character"), violations(text(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh", "zh-TW", "zh_CN", "EN-us", "zh-Hant-TW", "de"})
    void language_codes_are_taken(String code) {
        assertEquals("", violations(language(code)));
    }

    @Test
    void language_codes_are_written_one_way() {
        assertEquals("zh-CN", language("ZH_cn").language());
    }

    @ParameterizedTest
    @ValueSource(strings = {"English", "xx", "1", "e", "中文", "en;drop", "<script>"})
    void what_is_no_language_code_is_refused(String code) {
        assertEquals("language is not a language code such as 'en', 'zh' or 'zh-TW'", violations(language(code)));
    }

    @Test
    void a_language_code_without_end_is_refused() {
        assertTrue(violations(language("en-x" + "-abcdefgh".repeat(100))).startsWith("language is too long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hi", "退款", "a_b-2", "0"})
    void shortcodes_are_taken(String shortcode) {
        assertEquals("", violations(shortcode(shortcode)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-a", "_a", "a/b", "=a", "a.b", "//a"})
    void odd_shortcodes_are_refused(String shortcode) {
        assertTrue(violations(shortcode(shortcode)).startsWith("shortcode may have letters"), shortcode);
    }

    @Test
    void categories_are_limited_in_number_length_and_content() {
        List<String> many = java.util.stream.IntStream.range(0, 101)
                .mapToObj(Integer::toString)
                .toList();
        assertEquals("categories are too many; at most 100 are allowed", violations(categories(many)));
        assertEquals("categories has an empty category; remove it", violations(categories(List.of("a", " "))));
        assertEquals(
                "categories has a category that is too long; at most 80 characters",
                violations(categories(List.of("a".repeat(81)))));
        assertEquals(
                "categories has a category with a semicolon, tab or line end; remove that",
                violations(categories(List.of("a;b"))));
        assertEquals(
                "categories contains a control character or half a character; remove it",
                violations(categories(List.of("a\uD83Db"))));
        assertEquals(
                "categories has an empty category; remove it", violations(categories(Collections.singletonList(null))));
    }

    private static ReplyDraft categories(List<String> categories) {
        return new ReplyDraft(null, "Title", "Text", "en", categories, null, null);
    }
}
