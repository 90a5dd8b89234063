package io.replyloop.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.PlainText;
import io.replyloop.platform.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a site asks before a conversation begins. */
@Schema(name = "SiteForm")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FormSettings(
        @Schema(description = "Whether it is asked", examples = "true", required = true)
        boolean asked,

        @Schema(description = "The fields, in the order in which they are shown", required = true)
        @Size(max = 10, message = "has at most 10 entries")
        List<@NotNull(message = "holds no nulls") @Valid Field> fields) {
    static final FormSettings NONE = new FormSettings(false, List.of());

    static final String NAME = "name";
    static final String EMAIL = "email";
    static final String TOPIC = "topic";
    static final String TEXT = "text";
    static final String CONSENT = "consent";

    private static final String KINDS = "name|email|topic|text|consent";

    /** Of the customer's name and address, there is one each. */
    private static final Set<String> ONCE = Set.of(NAME, EMAIL);

    public FormSettings {
        fields = fields == null ? List.of() : Collections.unmodifiableList(fields);
    }

    @Schema(name = "SiteFormField")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Field(
            @Schema(description = "Tells it from the others", examples = "order-number", required = true)
            @NotNull(message = "give the field a key")
            @Pattern(regexp = "[a-z0-9-]{1,40}", message = "has small letters, digits and hyphens, at most 40")
            String key,

            @Schema(description = "name, email, topic, text or consent", examples = "text", required = true)
            @NotNull(message = IS_A_KIND)
            @Pattern(regexp = KINDS, message = IS_A_KIND)
            String kind,

            @Schema(description = "Whether it has to be answered", examples = "true", required = true)
            boolean required,

            @Schema(description = "What is asked, in English; empty for a usual name or address")
            @Size(max = 500, message = "has at most 500 characters")
            @PlainText
            String labelEn,

            @Schema(description = "The same in Chinese")
            @Size(max = 500, message = "has at most 500 characters")
            @PlainText
            String labelZh,

            @Schema(description = "What may be chosen, of a topic") @Size(max = 30, message = "has at most 30 entries")
            List<@NotNull(message = "holds no nulls") @Valid Option> options) {
        static final String IS_A_KIND = "is name, email, topic, text or consent";

        public Field {
            labelEn = labelEn == null ? "" : labelEn.strip();
            labelZh = labelZh == null ? "" : labelZh.strip();
            options = options == null ? List.of() : Collections.unmodifiableList(options);
        }

        /** In this language, or in the other where that is all there is. */
        public String label(boolean chinese) {
            return chinese && !labelZh.isEmpty() || labelEn.isEmpty() ? labelZh : labelEn;
        }

        public boolean asksName() {
            return kind.equals(NAME);
        }

        public boolean asksEmail() {
            return kind.equals(EMAIL);
        }

        public boolean asksConsent() {
            return kind.equals(CONSENT);
        }

        public boolean offersTopics() {
            return kind.equals(TOPIC);
        }
    }

    @Schema(name = "SiteFormOption")
    public record Option(
            @Schema(description = "In English", examples = "Delivery", required = true)
            @NotNull(message = "may be empty, not absent")
            @Size(max = 100, message = "has at most 100 characters")
            @PlainText(lines = false)
            String en,

            @Schema(description = "In Chinese", examples = "配送", required = true)
            @NotNull(message = "may be empty, not absent")
            @Size(max = 100, message = "has at most 100 characters")
            @PlainText(lines = false)
            String zh) {}

    /** @throws Problem with what would ask nothing */
    void check() {
        Set<String> seen = new HashSet<>();
        for (Field field : fields) {
            if (!seen.add("key " + field.key())) {
                throw wrong("two fields have the key " + field.key());
            }
            if (ONCE.contains(field.kind()) && !seen.add(field.kind())) {
                throw wrong("there is one field for the " + field.kind() + " at most");
            }
            if (!ONCE.contains(field.kind()) && field.label(false).isEmpty()) {
                throw wrong("say what the field asks, in one language at least");
            }
            if (field.offersTopics()
                    && (field.options().isEmpty()
                            || field.options().stream()
                                    .anyMatch(option ->
                                            option.en().isBlank() && option.zh().isBlank()))) {
                throw wrong("a list of topics needs topics, each in one language at least");
            }
        }
        if (asked && fields.isEmpty()) {
            throw wrong("a form without a field asks nothing; add one, or do not ask");
        }
    }

    /** For the audit log: all that can be changed. */
    Map<String, Object> audited() {
        Map<String, Object> all = new TreeMap<>();
        all.put("formAsked", asked);
        all.put("formFields", fields.stream().map(FormSettings::inWords).toList());
        all.put(
                "formOptions",
                fields.stream()
                        .filter(field -> !field.options().isEmpty())
                        .map(field -> field.key() + ": "
                                + field.options().stream()
                                        .map(option -> either(option.en(), option.zh()))
                                        .collect(Collectors.joining(", ")))
                        .toList());
        return all;
    }

    private static String inWords(Field field) {
        String label = either(field.labelEn(), field.labelZh());
        return field.key() + ": " + field.kind() + (field.required() ? "*" : "") + (label.isEmpty() ? "" : " " + label);
    }

    /** As the form of the administration has topics. */
    private static String either(String en, String zh) {
        return zh.isEmpty() ? en : (en + " | " + zh).strip();
    }

    private static Problem wrong(String message) {
        return Problem.ofField("fields", FieldRule.MALFORMED, "fields: " + message);
    }
}
