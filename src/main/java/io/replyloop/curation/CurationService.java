package io.replyloop.curation;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.dataset.AllExamples;
import io.replyloop.dataset.ExampleEditing;
import io.replyloop.dataset.LabelledExample;
import io.replyloop.knowledge.ForgottenRejection;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.RememberedDecision;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.ErasureLock;
import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/**
 * What admins do to examples. Each act is written down with what was before and after, and can be taken back as long as
 * nothing later has changed the same example. A correction reaches what is remembered of the decision, too, so that a
 * wrong answer is not suggested again; whoever only excludes an example says nothing about the answer.
 */
@ApplicationScoped
@Transactional
public class CurationService {
    static final int MOST_AT_ONCE = 500;

    private final Session session;
    private final ExampleEditing examples;
    private final CurationJournal journal;
    private final CorrectedMemory memory;
    private final KnowledgeService knowledge;
    private final ExampleList list;
    private final AuditLog audit;

    CurationService(
            Session session,
            ExampleEditing examples,
            CurationJournal journal,
            CorrectedMemory memory,
            KnowledgeService knowledge,
            ExampleList list,
            AuditLog audit) {
        this.session = session;
        this.examples = examples;
        this.journal = journal;
        this.memory = memory;
        this.knowledge = knowledge;
        this.list = list;
        this.audit = audit;
    }

    /** @throws Problem {@code conflict} when somebody else has changed the example since it was read */
    public ExampleView correct(long id, Correction correction, UUID by) {
        String comment = PersonalData.masked(tidy(correction.comment()));
        session.doWork(ErasureLock::shared);
        // All of the decision, in the same order for everybody: the other reply may be among them.
        List<LabelledExample> ofDecision = examples.lockDecision(id);
        LabelledExample example = ofDecision.stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("example"));
        if (example.version() != correction.version()) {
            throw changedSince(example);
        }
        boolean fits = correction.verdict() == Correction.Verdict.FITS;
        LabelledExample other = correction.verdict() == Correction.Verdict.ANOTHER_REPLY
                ? other(example, correction.reply(), ofDecision)
                : null;
        if (other == null && fits == example.fits() && !example.excluded()) {
            return list.get(id);
        }
        UUID act = UUID.randomUUID();
        RememberedDecision before = memory.of(example);
        RememberedDecision after = memory.corrected(example, before, fits, other == null ? null : other.reply());
        List<ForgottenRejection> forgotten =
                memory.forgetRejections(example, before, after, Set.of(example.decision()));
        CurationAct.State now = new CurationAct.State(label(fits), false, after, forgotten);
        relabel(act, example, by, CurationAct.State.of(example, before), now, comment);
        if (other != null) {
            CurationAct.State fitsNow = new CurationAct.State(LabelledExample.FITS, false, null, null);
            relabel(act, other, by, CurationAct.State.of(other, null), fitsNow, null);
        }
        audit.record(
                AuditAction.EXAMPLE_CORRECTED,
                object(id),
                AuditDetails.between(
                        Map.of("fits", example.fits()),
                        other == null ? Map.of("fits", fits) : Map.of("fits", fits, "otherReply", other.reply())));
        ExampleView view = list.get(id).changedBy(act);
        remember(example, after);
        return view;
    }

    /**
     * Says of several examples at once whether their replies fit, as one act.
     *
     * @throws Problem {@code conflict} when somebody else has changed one of them since it was read
     */
    public List<ExampleView> correct(Map<Long, Integer> versions, boolean fits, UUID by) {
        session.doWork(ErasureLock::shared);
        // With all others of their decisions, whose memory they share.
        List<LabelledExample> all = examples.lockDecisions(versions.keySet()).stream()
                .filter(example -> versions.containsKey(example.id()))
                .toList();
        if (all.size() < versions.size()) {
            throw Problem.notFound("example");
        }
        for (LabelledExample example : all) {
            if (example.version() != versions.get(example.id())) {
                throw changedSince(example);
            }
        }
        List<LabelledExample> changing = all.stream()
                .filter(example -> example.fits() != fits || example.excluded())
                .toList();
        UUID act = UUID.randomUUID();
        // Of each decision before anything changes, because an answer makes others forget their rejections.
        Map<UUID, RememberedDecision> remembered = new HashMap<>();
        changing.stream()
                .filter(example -> !example.isImported())
                .forEach(example -> remembered.computeIfAbsent(example.decision(), decision -> memory.of(example)));
        Map<UUID, CorrectedMemory.Wanted> wanted = new LinkedHashMap<>();
        for (LabelledExample example : changing) {
            RememberedDecision before =
                    example.isImported() ? RememberedDecision.NOTHING : remembered.get(example.decision());
            RememberedDecision after = memory.corrected(example, before, fits, null);
            List<ForgottenRejection> forgotten = memory.forgetRejections(example, before, after, remembered.keySet());
            CurationAct.State now = new CurationAct.State(label(fits), false, after, forgotten);
            relabel(act, example, by, CurationAct.State.of(example, before), now, null);
            if (!example.isImported()) {
                remembered.put(example.decision(), after);
                wanted.put(example.decision(), CorrectedMemory.Wanted.of(example, after));
            }
        }
        if (!changing.isEmpty()) {
            audit.record(
                    AuditAction.EXAMPLE_CORRECTED,
                    object(changing),
                    AuditDetails.of(Map.of("fits", fits, "examples", changing.size())));
        }
        List<ExampleView> views = views(versions.keySet(), changing, act);
        memory.remember(wanted.values());
        return views;
    }

    /** Keeps examples out of training, or lets them in again; those where nothing changes are left alone. */
    public List<ExampleView> exclude(Collection<Long> ids, boolean excluded, UUID by) {
        List<LabelledExample> all = lock(ids);
        if (all.size() < Set.copyOf(ids).size()) {
            throw Problem.notFound("example");
        }
        // What is left out as spam comes back when it turns out to be none, unless somebody keeps it out.
        Set<Long> asSpam = excluded ? examples.leftOutAsSpam(ids) : Set.of();
        List<LabelledExample> changing = all.stream()
                .filter(example -> example.excluded() != excluded || asSpam.contains(example.id()))
                .toList();
        UUID act = UUID.randomUUID();
        for (LabelledExample example : changing) {
            CurationAct.State before = CurationAct.State.of(example, null);
            CurationAct.State after = new CurationAct.State(example.label(), excluded, null, null);
            examples.change(example.id(), example.label(), excluded);
            CurationAct.Kind kind = excluded ? CurationAct.Kind.EXCLUDED : CurationAct.Kind.INCLUDED;
            journal.write(act, kind, example, by, before, after, null, null);
        }
        if (!changing.isEmpty()) {
            audit.record(
                    excluded ? AuditAction.EXAMPLE_EXCLUDED : AuditAction.EXAMPLE_INCLUDED,
                    object(changing),
                    details(changing));
        }
        return views(ids, changing, act);
    }

    public ExampleView comment(long id, String text, UUID by) {
        LabelledExample example = locked(id);
        UUID act = UUID.randomUUID();
        journal.write(act, CurationAct.Kind.COMMENTED, example, by, null, null, tidy(text), null);
        // Not its words: they may be about a customer, and go with the example.
        audit.record(AuditAction.EXAMPLE_COMMENTED, object(id), AuditDetails.none());
        return list.get(id).changedBy(act);
    }

    /** @throws Problem {@code conflict} when it is undone already, or something later stands on it */
    public List<ExampleView> undo(UUID act, UUID by) {
        session.doWork(ErasureLock::shared);
        List<CurationAct> all = journal.act(act);
        if (all.isEmpty() || all.get(0).kind() == CurationAct.Kind.UNDONE) {
            throw Problem.notFound("act");
        }
        Set<Long> ids = all.stream().map(CurationAct::example).collect(Collectors.toSet());
        List<LabelledExample> ofDecisions = examples.lockDecisions(ids);
        Map<Long, LabelledExample> now = new LinkedHashMap<>();
        ofDecisions.stream()
                .filter(example -> ids.contains(example.id()))
                .forEach(example -> now.put(example.id(), example));
        // Two that became the same when they were masked again are one.
        List<CurationAct> rows =
                all.stream().filter(row -> now.containsKey(row.example())).toList();
        if (journal.isUndone(act)) {
            throw new Problem(ProblemCode.CONFLICT, "That has been undone already. Load the page again.");
        }
        for (CurationAct row : rows) {
            refuseIfChangedLater(row, now.get(row.example()));
        }
        // What was remembered before the first of them, by decision.
        Map<UUID, CorrectedMemory.Wanted> wanted = new LinkedHashMap<>();
        for (CurationAct row : rows) {
            LabelledExample example = now.get(row.example());
            if (row.before() != null && row.before().memory() != null && !example.isImported()) {
                wanted.putIfAbsent(
                        example.decision(),
                        CorrectedMemory.Wanted.of(example, row.before().memory()));
            }
        }
        refuseIfRememberedLater(act, ofDecisions, wanted.keySet());
        UUID undo = UUID.randomUUID();
        for (CurationAct row : rows) {
            if (row.before() != null) {
                examples.change(
                        row.example(), row.before().label(), row.before().excluded());
            }
            journal.write(
                    undo, CurationAct.Kind.UNDONE, now.get(row.example()), by, row.after(), row.before(), null, act);
        }
        audit.record(
                AuditAction.EXAMPLE_UNDONE,
                object(List.copyOf(now.values())),
                AuditDetails.of(Map.of("act", all.get(0).kind().wireName(), "examples", now.size())));
        for (CurationAct row : rows) {
            if (row.after() != null && row.after().forgotten() != null) {
                row.after().forgotten().stream()
                        .flatMap(forgotten -> memory.rejectedAgain(forgotten).stream())
                        .forEach(again -> wanted.putIfAbsent(again.decision(), again));
            }
        }
        List<ExampleView> views = list.of(now.keySet());
        memory.remember(wanted.values());
        return views;
    }

    private LabelledExample locked(long id) {
        return lock(List.of(id)).stream().findFirst().orElseThrow(() -> Problem.notFound("example"));
    }

    private List<LabelledExample> lock(Collection<Long> ids) {
        // Texts are copied, to another example or to the memory; and before any lock on rows.
        session.doWork(ErasureLock::shared);
        return examples.lock(ids);
    }

    private void relabel(
            UUID act,
            LabelledExample example,
            UUID by,
            CurationAct.State before,
            CurationAct.State after,
            String comment) {
        examples.change(example.id(), after.label(), after.excluded());
        journal.write(act, CurationAct.Kind.CORRECTED, example, by, before, after, comment, null);
    }

    private static double label(boolean fits) {
        return fits ? LabelledExample.FITS : LabelledExample.DOES_NOT_FIT;
    }

    private void remember(LabelledExample example, RememberedDecision wanted) {
        if (!example.isImported()) {
            memory.remember(List.of(CorrectedMemory.Wanted.of(example, wanted)));
        }
    }

    /** @param changed those of them that the act has changed, which can be undone by it */
    private List<ExampleView> views(Collection<Long> ids, List<LabelledExample> changed, UUID act) {
        Set<Long> byAct = changed.stream().map(LabelledExample::id).collect(Collectors.toSet());
        return list.of(ids).stream()
                .map(view -> byAct.contains(view.id()) ? view.changedBy(act) : view)
                .toList();
    }

    /** The example of the other reply to the same question, which there may be already. */
    private LabelledExample other(LabelledExample example, UUID reply, List<LabelledExample> ofDecision) {
        if (reply == null || reply.equals(example.reply())) {
            throw Problem.ofField("reply", FieldRule.MISSING, "reply: is missing; name the reply that fits");
        }
        String text = knowledge
                .publishedText(reply)
                .orElseThrow(() -> new Problem(
                        ProblemCode.CONFLICT, "That reply is not published. Publish it, or choose another one."));
        String said = ReplyText.normalised(PersonalData.masked(text));
        List<LabelledExample> others =
                ofDecision.stream().filter(one -> one.id() != example.id()).toList();
        Optional<LabelledExample> known = others.stream()
                .filter(one -> reply.equals(one.reply()))
                .findFirst()
                .or(() -> others.stream()
                        .filter(one -> ReplyText.normalised(one.replyText()).equals(said))
                        .findFirst());
        return known.orElseGet(() -> examples.add(example, reply, text));
    }

    private void refuseIfChangedLater(CurationAct act, LabelledExample now) {
        if (act.kind() == CurationAct.Kind.COMMENTED) {
            return;
        }
        CurationAct newest = journal.newestChange(act.example()).orElseThrow();
        if (!newest.act().equals(act.act())) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "Example " + AllExamples.name(act.example()) + " was "
                            + newest.kind().wireName() + " later, by " + newest.byName() + ". Undo that first.");
        }
        if (!act.after().isOf(now)) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "An agent's later answer has changed example " + AllExamples.name(act.example())
                            + ", so this cannot be undone." + " Correct the example instead.");
        }
    }

    /** A decision has one memory for all its examples, so the last who corrected one of them comes first. */
    private void refuseIfRememberedLater(UUID act, List<LabelledExample> ofDecisions, Set<UUID> decisions) {
        Map<UUID, List<Long>> byDecision = ofDecisions.stream()
                .filter(example -> !example.isImported() && decisions.contains(example.decision()))
                .collect(Collectors.groupingBy(
                        LabelledExample::decision, Collectors.mapping(LabelledExample::id, Collectors.toList())));
        for (List<Long> ofDecision : byDecision.values()) {
            CurationAct newest = journal.newestOfMemory(ofDecision).orElseThrow();
            if (!newest.act().equals(act)) {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        "Example " + AllExamples.name(newest.example()) + ", of the same answer, was "
                                + newest.kind().wireName() + " later, by " + newest.byName() + ". Undo that first.");
            }
        }
    }

    private Problem changedSince(LabelledExample example) {
        String what = journal.newest(example.id())
                .map(act -> act.byName() + " has " + act.kind().wireName() + " it meanwhile")
                .orElse("it was changed meanwhile");
        return new Problem(
                ProblemCode.CONFLICT,
                "Example " + AllExamples.name(example.id()) + ": " + what + "; it "
                        + (example.fits() ? "fits" : "does not fit") + " now"
                        + (example.excluded() ? " and is excluded" : "") + ". Look at it again before you correct it.");
    }

    private static String tidy(String comment) {
        return comment == null || comment.isBlank() ? null : comment.strip();
    }

    private static AuditDetails details(List<LabelledExample> examples) {
        return examples.size() == 1 ? AuditDetails.none() : AuditDetails.of(Map.of("examples", examples.size()));
    }

    private static AuditObject object(List<LabelledExample> examples) {
        return examples.size() == 1 ? object(examples.get(0).id()) : AuditObject.theOnly(AuditObject.Kind.EXAMPLE);
    }

    private static AuditObject object(long id) {
        return new AuditObject(AuditObject.Kind.EXAMPLE, Long.toString(id), AllExamples.name(id));
    }
}
