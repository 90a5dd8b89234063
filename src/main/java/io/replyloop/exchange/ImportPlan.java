package io.replyloop.exchange;

import io.replyloop.exchange.ImportReport.Action;
import io.replyloop.exchange.ImportReport.Result;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.knowledge.ReplyView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Decides in memory, line by line, what an import does, without changing anything.
 *
 * <p>A line matches an existing reply with the same id; otherwise one with the same text in the same language;
 * otherwise one with the same label and a common category, whose text it then replaces. Matching by text precedes
 * matching by label, because it does not change any text. Lines with the same text become one reply with the categories
 * and questions of all of them. A label matches lines with existing replies but not with each other, because teams have
 * variants under one label.
 */
final class ImportPlan {
    private static final int SHOWN_TEXTS = 200;
    private static final int SHOWN_CHARACTERS = 200;
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private final boolean publish;
    private final Function<ReplyDraft, List<Reason>> rules;
    private final Map<UUID, PlannedReply> byId = new LinkedHashMap<>();
    private final Map<String, PlannedReply> byText = new HashMap<>();
    private final Map<String, PlannedReply> byVisibleText = new HashMap<>();
    private final Map<String, PlannedReply> byLetters = new HashMap<>();
    private final Map<String, List<PlannedReply>> knownByLabel = new HashMap<>();
    private final Map<String, PlannedReply> byShortcode = new HashMap<>();
    private final List<Result> results = new ArrayList<>();

    ImportPlan(
            List<ReplyView> known,
            Map<UUID, List<AnsweredQuestion>> questions,
            boolean publish,
            Function<ReplyDraft, List<Reason>> rules) {
        this.publish = publish;
        this.rules = rules;
        for (ReplyView view : known) {
            PlannedReply reply = new PlannedReply(view, questions.getOrDefault(view.id(), List.of()));
            index(reply);
            if (view.label() != null && !reply.isArchived()) {
                knownByLabel
                        .computeIfAbsent(view.label(), label -> new ArrayList<>())
                        .add(reply);
            }
        }
    }

    List<Result> results() {
        return results;
    }

    Collection<PlannedReply> replies() {
        return byId.values();
    }

    void add(ImportedFile.Line line) {
        ImportedFile.Fields fields = line.fields();
        if (line.error() != null) {
            results.add(Result.bad(line.number(), fields, List.of(line.error())));
            return;
        }
        try {
            PlannedReply reply = target(line);
            List<Reason> notes = new ArrayList<>(line.notes());
            List<String> changed = List.of();
            Action action = Action.CREATED;
            if (reply == null) {
                alike(fields).ifPresent(notes::add);
                reply = create(line);
            } else {
                ReplyDraft before = reply.draft();
                ReplyState state = reply.state();
                action = change(line, reply);
                changed = reply.isNew ? changed : reply.differences(before, state, action);
            }
            results.add(new Result(
                    line.number(),
                    action,
                    reply.id,
                    fields.label(),
                    Result.categoryOf(fields),
                    reply.draft().title(),
                    results.size() < SHOWN_TEXTS ? excerpt(reply.draft().text()) : null,
                    changed,
                    null,
                    List.of(),
                    notes));
        } catch (ImportedFile.BadLine bad) {
            results.add(Result.bad(line.number(), fields, bad.reasons()));
        }
    }

    private static String excerpt(String text) {
        int points = text.codePointCount(0, text.length());
        return points <= SHOWN_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "…";
    }

    private PlannedReply target(ImportedFile.Line line) throws ImportedFile.BadLine {
        ImportedFile.Fields fields = line.fields();
        if (fields.id() != null && byId.containsKey(fields.id())) {
            PlannedReply reply = byId.get(fields.id());
            if (reply.line != 0 && !says(reply, fields)) {
                throw new ImportedFile.BadLine(Reason.of(ReasonCode.ID_TWICE, "line", reply.line));
            }
            return reply;
        }
        if (fields.text() == null) {
            throw new ImportedFile.BadLine(Reason.of(ReasonCode.TEXT_MISSING));
        }
        PlannedReply same = byText.get(textKey(fields.text(), language(fields)));
        return same != null ? same : byLabel(fields);
    }

    /** Two nearly identical texts are still two replies, but this is worth a note. */
    private Optional<Reason> alike(ImportedFile.Fields fields) {
        String language = language(fields);
        PlannedReply same = byVisibleText.get(visibleKey(fields.text(), language));
        if (same != null) {
            return Optional.of(alike(same, ReasonCode.NEAR_DUPLICATE, ReasonCode.NEAR_DUPLICATE_LINE));
        }
        return Optional.ofNullable(byLetters.get(lettersKey(fields.text(), language)))
                .map(reply -> alike(reply, ReasonCode.SPELLED_ALIKE, ReasonCode.SPELLED_ALIKE_LINE));
    }

    private static Reason alike(PlannedReply reply, ReasonCode toKnown, ReasonCode toLine) {
        return reply.line > 0
                ? Reason.of(toLine, "line", reply.line)
                : Reason.of(toKnown, "title", reply.draft().title());
    }

    private static boolean says(PlannedReply reply, ImportedFile.Fields fields) {
        return fields.text() == null
                || ReplyText.normalised(fields.text())
                        .equals(ReplyText.normalised(reply.draft().text()));
    }

    private PlannedReply byLabel(ImportedFile.Fields fields) {
        List<String> categories = fields.categories() == null ? List.of() : fields.categories();
        return knownByLabel.getOrDefault(Objects.toString(fields.label(), ""), List.of()).stream()
                .filter(reply -> reply.line == 0)
                .filter(reply -> reply.draft().language().equals(language(fields)))
                .filter(reply -> categories.isEmpty()
                        ? reply.draft().categories().isEmpty()
                        : !Collections.disjoint(categories, reply.draft().categories()))
                .findFirst()
                .orElse(null);
    }

    private PlannedReply create(ImportedFile.Line line) throws ImportedFile.BadLine {
        ImportedFile.Fields fields = line.fields();
        ReplyDraft draft = new ReplyDraft(
                fields.label(),
                blank(fields.title()) ? TitleRule.title(fields.label(), fields.text()) : fields.title(),
                fields.text(),
                language(fields),
                fields.categories(),
                fields.shortcode(),
                fields.choices(),
                null);
        ReplyState state = fields.state() != null ? fields.state() : publish ? ReplyState.PUBLISHED : ReplyState.DRAFT;
        PlannedReply reply = new PlannedReply(fields.id(), draft, state);
        check(reply, draft, state);
        reply.line = line.number();
        reply.learn(fields.questions());
        index(reply);
        return reply;
    }

    private Action change(ImportedFile.Line line, PlannedReply reply) throws ImportedFile.BadLine {
        ImportedFile.Fields fields = line.fields();
        boolean isFirst = reply.line == 0;
        boolean byOwnId = reply.id.equals(fields.id());
        ReplyDraft now = reply.draft();
        // Only the first line defines the reply; lines merged into it only add missing values.
        ReplyDraft wanted = new ReplyDraft(
                either(isFirst, fields.label(), now.label()),
                either(isFirst, blank(fields.title()) ? null : fields.title(), now.title()),
                isFirst && fields.text() != null && (byOwnId || !says(reply, fields)) ? fields.text() : now.text(),
                isFirst && byOwnId && fields.language() != null ? fields.language() : now.language(),
                isFirst && byOwnId && fields.categories() != null
                        ? fields.categories()
                        : PlannedReply.united(now.categories(), fields.categories()),
                either(isFirst, fields.shortcode(), now.shortcode()),
                fields.choices() != null && (isFirst || now.choices().isEmpty()) ? fields.choices() : now.choices(),
                null);
        ReplyState state = reply.state();
        if (isFirst && fields.state() != null) {
            state = fields.state();
        } else if (publish && fields.state() == null) {
            state = ReplyState.PUBLISHED;
        }
        check(reply, wanted, state);
        if (isFirst) {
            reply.line = line.number();
        }
        unindex(reply);
        boolean changed = reply.become(wanted, state);
        index(reply);
        changed |= reply.learn(fields.questions());
        if (reply.isNew) {
            return Action.MERGED;
        }
        return !changed ? Action.UNCHANGED : isFirst ? Action.UPDATED : Action.MERGED;
    }

    private static String either(boolean isFirst, String line, String now) {
        return line != null && (isFirst || now == null) ? line : now;
    }

    private void check(PlannedReply reply, ReplyDraft draft, ReplyState state) throws ImportedFile.BadLine {
        List<Reason> violations = rules.apply(draft);
        if (!violations.isEmpty()) {
            throw new ImportedFile.BadLine(violations);
        }
        if (draft.shortcode() != null && state != ReplyState.ARCHIVED) {
            PlannedReply owner = byShortcode.get(draft.shortcode().toLowerCase(Locale.ROOT));
            if (owner != null && owner != reply) {
                throw new ImportedFile.BadLine(
                        owner.line > 0
                                ? Reason.of(
                                        ReasonCode.SHORTCODE_TWICE,
                                        "shortcode",
                                        draft.shortcode(),
                                        "title",
                                        owner.draft().title(),
                                        "line",
                                        owner.line)
                                : Reason.of(
                                        ReasonCode.SHORTCODE_TAKEN,
                                        "shortcode",
                                        draft.shortcode(),
                                        "title",
                                        owner.draft().title()));
            }
        }
    }

    private void index(PlannedReply reply) {
        byId.put(reply.id, reply);
        String key = textKey(reply.draft().text(), reply.draft().language());
        byText.merge(key, reply, (first, second) -> first.isArchived() && !second.isArchived() ? second : first);
        byVisibleText.putIfAbsent(visibleKey(reply.draft().text(), reply.draft().language()), reply);
        byLetters.putIfAbsent(lettersKey(reply.draft().text(), reply.draft().language()), reply);
        if (reply.draft().shortcode() != null && !reply.isArchived()) {
            byShortcode.put(reply.draft().shortcode().toLowerCase(Locale.ROOT), reply);
        }
    }

    private void unindex(PlannedReply reply) {
        byText.remove(textKey(reply.draft().text(), reply.draft().language()), reply);
        byVisibleText.remove(visibleKey(reply.draft().text(), reply.draft().language()), reply);
        byLetters.remove(lettersKey(reply.draft().text(), reply.draft().language()), reply);
        if (reply.draft().shortcode() != null) {
            byShortcode.remove(reply.draft().shortcode().toLowerCase(Locale.ROOT), reply);
        }
    }

    private static String textKey(String text, String language) {
        return language + ' ' + ReplyText.key(text);
    }

    private static String visibleKey(String text, String language) {
        return textKey(Columns.withoutInvisible(text), language);
    }

    /** Only letters and digits; a text without any, such as a smiley, is compared literally. */
    private static String lettersKey(String text, String language) {
        String letters = NO_LETTER.matcher(Columns.withoutInvisible(text)).replaceAll("");
        return textKey(letters.isEmpty() ? text : letters, language);
    }

    private static String language(ImportedFile.Fields fields) {
        if (!blank(fields.language())) {
            return new ReplyDraft(null, null, null, fields.language(), null, null, null).language();
        }
        return TitleRule.language(fields.text());
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
