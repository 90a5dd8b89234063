package io.replyloop.exchange;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The column names that other programs use, compared without regard to invisible characters. Within a field, earlier
 * names take precedence: a Freshdesk article has 'description' beside its title, an Intercom article beside its body.
 */
final class Columns {
    static final String TITLE = "title";
    static final String TEXT = "text";
    static final String QUESTIONS = "questions";
    static final String CATEGORIES = "categories";
    static final String CHOICES = "choices";
    static final String ID = "id";
    /** A customer's question, which becomes the title and a question that the reply has answered. */
    static final String QUESTION = "question";

    /** All fields, in the order of the export. */
    static final List<String> FIELDS = List.of(
            ID, "label", TITLE, TEXT, "language", CATEGORIES, "shortcode", "state", QUESTIONS, QUESTION, CHOICES);

    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry(ID, List.of("id")),
            Map.entry("label", List.of("label", "intent", "标签", "標籤")),
            Map.entry(
                    TITLE,
                    List.of(
                            "title",
                            "name",
                            "subject",
                            "macro title",
                            "article title",
                            "heading",
                            "titel",
                            "betreff",
                            "标题",
                            "標題",
                            "题目",
                            "主题",
                            "名称")),
            Map.entry(
                    TEXT,
                    List.of(
                            "text",
                            "answer",
                            "answers",
                            "reply",
                            "response",
                            "body",
                            "content",
                            "message",
                            "body html",
                            "body (html)",
                            "html body",
                            "content html",
                            "comment",
                            "canned response",
                            "article body",
                            "description text",
                            "description",
                            "antwort",
                            "antworten",
                            "inhalt",
                            "nachricht",
                            "答案",
                            "回答",
                            "回复",
                            "回復",
                            "正文",
                            "内容",
                            "內容",
                            "答复",
                            "a",
                            "答")),
            Map.entry("language", List.of("language", "locale", "lang", "sprache", "语言", "語言")),
            Map.entry(
                    CATEGORIES,
                    List.of(
                            CATEGORIES,
                            "category",
                            "task",
                            "tags",
                            "tag",
                            "labels",
                            "folder",
                            "section",
                            "collection",
                            "topic",
                            "kategorie",
                            "kategorien",
                            "分类",
                            "分類",
                            "类别",
                            "主题分类")),
            Map.entry("shortcode", List.of("shortcode", "short code", "shortcut", "kürzel", "快捷码", "快捷短语")),
            Map.entry("state", List.of("state", "status", "active", "published", "zustand", "状态", "狀態", "draft")),
            Map.entry(QUESTIONS, List.of(QUESTIONS, "utterances", "similar questions", "fragen", "相似问题", "相似问法")),
            Map.entry(QUESTION, List.of(QUESTION, "q", "frage", "customer question", "faq", "问题", "問題", "问", "提问")),
            Map.entry(
                    CHOICES, List.of(CHOICES, "quick replies", "short answers", "buttons", "选项", "選項", "快捷回复", "按钮")));

    private static final Map<String, String> FIELD_OF = new HashMap<>();

    static {
        NAMES.forEach((field, names) -> names.forEach(name -> FIELD_OF.put(name, field)));
    }

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}_]+");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cc}&&[^\\s]]|[\\u034F\\uFE00-\\uFE0F]");

    private Columns() {}

    /** The name without regard to case, width, invisible characters and kind of space. */
    static String normalised(String name) {
        String visible = INVISIBLE
                .matcher(Normalizer.normalize(name, Normalizer.Form.NFKC))
                .replaceAll("");
        return SPACES.matcher(visible).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    static String withoutInvisible(String text) {
        return INVISIBLE.matcher(text).replaceAll("");
    }

    /** Whether a text contains nothing visible. */
    static boolean isBlank(String text) {
        return text.isBlank()
                || SPACES.matcher(withoutInvisible(text)).replaceAll("").isEmpty();
    }

    /** The field for a column with this name; null if the name is unknown. */
    static String fieldOf(String name) {
        return FIELD_OF.get(normalised(name));
    }

    static boolean anyKnown(List<String> names) {
        return names.stream().anyMatch(name -> fieldOf(name) != null);
    }

    /** The columns whose names match a field, the best match first. */
    static List<Integer> named(String field, List<String> columns) {
        List<Integer> found = new ArrayList<>();
        List<String> names = NAMES.get(field);
        for (String name : names) {
            for (int column = 0; column < columns.size(); column++) {
                if (normalised(columns.get(column)).equals(name)) {
                    found.add(column);
                }
            }
        }
        return found;
    }

    /** Whether the column has the name that the export uses, or one of the older names for categories. */
    static boolean isOwnName(String field, String column) {
        String name = normalised(column);
        return name.equals(field) || field.equals(CATEGORIES) && (name.equals("category") || name.equals("task"));
    }

    /** Whether other programs use this column for a comma-separated list of tags. */
    static boolean isListOfTags(String column) {
        return List.of("tags", "tag", "labels").contains(normalised(column));
    }
}
