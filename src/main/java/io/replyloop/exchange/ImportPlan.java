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
import java.util.UUID;
import java.util.function.Function;

/**
 * Decides line by line what an import does, in memory and without changing anything.
 *
 * <p>A line belongs to a reply of the knowledge base when it has its id; else when it says the same in the same language;
 * else when it has its label and shares a category, and then replaces its text. Saying the same comes before the label,
 * because it changes no text. Lines that say the same become one reply with the categories and questions of all. A
 * label joins lines to replies that were there before, but not lines to each other: teams have variants under one label.
 */
final class ImportPlan {
    private final boolean publish;
    private final Function<ReplyDraft, List<String>> rules;
    private final Map<UUID, PlannedReply> byId = new LinkedHashMap<>();
    private final Map<String, PlannedReply> byText = new HashMap<>();
    private final Map<String, List<PlannedReply>> knownByLabel = new HashMap<>();
    private final Map<String, PlannedReply> byShortcode = new HashMap<>();
    private final List<Result> results = new ArrayList<>();

    ImportPlan(
            List<ReplyView> known,
            Map<UUID, List<AnsweredQuestion>> questions,
            boolean publish,
            Function<ReplyDraft, List<String>> rules) {
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
        if (line.error() != null) {
            results.add(new Result(line.number(), Action.INVALID, null, null, null, line.error()));
            return;
        }
        ImportedFile.Fields fields = line.fields();
        String category = fields.categories() == null || fields.categories().isEmpty()
                ? null
                : fields.categories().get(0);
        try {
            PlannedReply reply = target(line);
            Action action = Action.CREATED;
            if (reply == null) {
                reply = create(line);
            } else {
                action = change(line, reply);
            }
            results.add(new Result(line.number(), action, reply.id, fields.label(), category, null));
        } catch (ImportedFile.BadLine bad) {
            results.add(new Result(line.number(), Action.INVALID, null, fields.label(), category, bad.getMessage()));
        }
    }

    private PlannedReply target(ImportedFile.Line line) throws ImportedFile.BadLine {
        ImportedFile.Fields fields = line.fields();
        if (fields.id() != null && byId.containsKey(fields.id())) {
            PlannedReply reply = byId.get(fields.id());
            if (reply.line != 0 && !says(reply, fields)) {
                throw new ImportedFile.BadLine(
                        "the id belongs to the reply of line " + reply.line + ", too; remove one of the two lines");
            }
            return reply;
        }
        if (fields.text() == null) {
            throw new ImportedFile.BadLine("text is missing; write what the customer gets to read");
        }
        PlannedReply same = byText.get(textKey(fields.text(), language(fields)));
        return same != null ? same : byLabel(fields);
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
        // Only the first line says what the reply is; those that are merged into it add what is not there.
        ReplyDraft wanted = new ReplyDraft(
                either(isFirst, fields.label(), now.label()),
                either(isFirst, blank(fields.title()) ? null : fields.title(), now.title()),
                isFirst && fields.text() != null && (byOwnId || !says(reply, fields)) ? fields.text() : now.text(),
                isFirst && byOwnId && fields.language() != null ? fields.language() : now.language(),
                isFirst && byOwnId && fields.categories() != null
                        ? fields.categories()
                        : PlannedReply.united(now.categories(), fields.categories()),
                either(isFirst, fields.shortcode(), now.shortcode()),
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
        List<String> violations = rules.apply(draft);
        if (!violations.isEmpty()) {
            throw new ImportedFile.BadLine(String.join("; ", violations));
        }
        if (draft.shortcode() != null && state != ReplyState.ARCHIVED) {
            PlannedReply owner = byShortcode.get(draft.shortcode().toLowerCase(Locale.ROOT));
            if (owner != null && owner != reply) {
                throw new ImportedFile.BadLine("shortcode '" + draft.shortcode() + "' belongs to the reply '"
                        + owner.draft().title() + "'" + (owner.line > 0 ? " of line " + owner.line : "")
                        + "; choose another one");
            }
        }
    }

    private void index(PlannedReply reply) {
        byId.put(reply.id, reply);
        String key = textKey(reply.draft().text(), reply.draft().language());
        byText.merge(key, reply, (first, second) -> first.isArchived() && !second.isArchived() ? second : first);
        if (reply.draft().shortcode() != null && !reply.isArchived()) {
            byShortcode.put(reply.draft().shortcode().toLowerCase(Locale.ROOT), reply);
        }
    }

    private void unindex(PlannedReply reply) {
        byText.remove(textKey(reply.draft().text(), reply.draft().language()), reply);
        if (reply.draft().shortcode() != null) {
            byShortcode.remove(reply.draft().shortcode().toLowerCase(Locale.ROOT), reply);
        }
    }

    private static String textKey(String text, String language) {
        return language + ' ' + ReplyText.key(text);
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
