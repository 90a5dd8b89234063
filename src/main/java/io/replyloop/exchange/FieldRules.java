package io.replyloop.exchange;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyState;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Interprets values typed by people, for all formats. */
final class FieldRules {
    static final int MOST_QUESTIONS = 5000;
    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Map<String, String> LANGUAGES = languages();

    private FieldRules() {}

    static UUID id(String text) throws ImportedFile.BadLine {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!isId(text)) {
            throw new ImportedFile.BadLine(Reason.of(ReasonCode.BAD_ID, "value", Reason.excerpt(text)));
        }
        return UUID.fromString(text.strip());
    }

    static boolean isId(String text) {
        return ID.matcher(text.strip()).matches();
    }

    /**
     * Null if there is no value. A reply that is in use elsewhere is not published here because of that, but one that
     * is not in use must not be published implicitly.
     */
    static ReplyState state(String text) throws ImportedFile.BadLine {
        if (text == null || text.isBlank()) {
            return null;
        }
        return switch (Columns.normalised(text)) {
            case "draft", "草稿", "false", "inactive", "no", "0", "unpublished" -> ReplyState.DRAFT;
            case "published", "已发布" -> ReplyState.PUBLISHED;
            case "archived", "已归档" -> ReplyState.ARCHIVED;
            case "true", "active", "yes", "1" -> null;
            default ->
                throw new ImportedFile.BadLine(Reason.of(ReasonCode.UNKNOWN_STATE, "value", Reason.excerpt(text)));
        };
    }

    /** The code of a language given by its English, Chinese or native name; otherwise the value itself. */
    static String language(String text) {
        return text == null ? null : LANGUAGES.getOrDefault(text.strip().toLowerCase(Locale.ROOT), text);
    }

    private static Map<String, String> languages() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOLanguages()) {
            Locale language = Locale.forLanguageTag(code);
            for (Locale said : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE, language)) {
                codes.putIfAbsent(language.getDisplayLanguage(said).toLowerCase(Locale.ROOT), code);
            }
        }
        codes.put("简体中文", "zh");
        codes.put("繁體中文", "zh-TW");
        return codes;
    }

    static List<AnsweredQuestion> limited(List<AnsweredQuestion> questions) throws ImportedFile.BadLine {
        if (questions.size() > MOST_QUESTIONS) {
            throw new ImportedFile.BadLine(
                    Reason.of(ReasonCode.TOO_MANY_QUESTIONS, "count", questions.size(), "max", MOST_QUESTIONS));
        }
        for (AnsweredQuestion question : questions) {
            if (question.text().isBlank()) {
                throw new ImportedFile.BadLine(Reason.of(ReasonCode.EMPTY_QUESTION));
            }
        }
        return questions;
    }
}
