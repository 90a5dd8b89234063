package io.replyloop.gaps;

import io.replyloop.feedback.UnansweredQuestions;
import io.replyloop.gaps.GapMarks.Mark;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyLookup;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The groups as admins see and work off them: what was found, less what was decided. Each look at the groups may take a
 * while, so nothing here is done in a transaction but what {@link GapMarks} does.
 */
@ApplicationScoped
class GapService {
    private static final Duration FOR_AN_ACT = Duration.ofSeconds(15);
    private static final int EXAMPLES = 5;
    private static final int ANSWERS = 3;
    private static final int ALL_EXAMPLES = 200;
    private static final int ALL_ANSWERS = 20;
    /** By so many questions, the most central, a reply is found when it is published. */
    private static final int REMEMBERED = 20;
    /** A decision holds until as many questions have come since as there were, and no fewer than this. */
    private static final int FEWEST_MORE = 3;

    private final GapFinder finder;
    private final GapMarks marks;
    private final ReplyLookup replies;
    private final UnansweredQuestions unanswered;
    private final TypicalAnswers typical;
    private final GapsConfig config;

    GapService(
            GapFinder finder,
            GapMarks marks,
            ReplyLookup replies,
            UnansweredQuestions unanswered,
            TypicalAnswers typical,
            GapsConfig config) {
        this.finder = finder;
        this.marks = marks;
        this.replies = replies;
        this.unanswered = unanswered;
        this.typical = typical;
        this.config = config;
    }

    GapsView list(String cursor, Integer limit) {
        GapFinder.Look look = finder.look(config.patience());
        Optional<GapFinder.Snapshot> found = Optional.ofNullable(look.found());
        Decisions decisions = new Decisions();
        List<Group> groups = found.map(GapFinder.Snapshot::groups).orElse(List.of());
        List<Group> open = groups.stream().filter(decisions::isOpen).toList();
        int from = cursor == null ? 0 : after(cursor, open);
        int to = Math.min(open.size(), from + Page.limit(limit));
        return new GapsView(
                GapsView.State.of(found.isPresent(), look.progress() != null),
                open.stream().mapToLong(group -> group.questions().size()).sum(),
                open.size(),
                decisions.setAside(),
                config.days(),
                config.questions(),
                found.map(GapFinder.Snapshot::cut).orElse(false),
                found.map(GapFinder.Snapshot::anyAsked).orElse(false),
                found.map(GapFinder.Snapshot::byMeaning).orElse(true),
                found.map(GapFinder.Snapshot::at).orElse(null),
                look.progress(),
                open.subList(from, to).stream()
                        .map(group -> view(group, decisions, EXAMPLES, some(group.answered(), ANSWERS)))
                        .toList(),
                to < open.size() ? Cursor.encode(open.get(to - 1).id().toString(), Integer.toString(to)) : null);
    }

    /** Whole, as far as anybody reads. */
    GapsView.GroupView get(UUID id) {
        Group group = group(id);
        return view(group, new Decisions(), ALL_EXAMPLES, typical(group));
    }

    DraftProposal proposal(UUID id) {
        Group group = group(id);
        return DraftProposal.of(
                remembered(group).stream().map(OpenQuestion::text).toList(),
                typical(group).stream().map(GapService::answer).toList());
    }

    ReplyView draft(UUID id, ReplyDraft draft, UUID by) {
        Group group = group(id);
        return marks.draft(group, draft, remembered(group), by);
    }

    void setAside(UUID id, String reason, UUID by) {
        marks.setAside(group(id), reason, by);
    }

    void takeBack(UUID decision) {
        marks.takeBack(decision);
    }

    List<SetAsideView> setAside() {
        List<Mark> all = marks.all().stream().filter(Mark::isSetAside).toList();
        Map<UUID, UnansweredQuestions.Question> questions = new HashMap<>();
        unanswered
                .of(all.stream().flatMap(mark -> mark.members().stream()).toList())
                .forEach(question -> questions.put(question.impression(), question));
        return all.stream()
                .map(mark -> new SetAsideView(
                        mark.id(),
                        mark.reason(),
                        mark.at(),
                        mark.questions(),
                        mark.members().stream()
                                .filter(questions::containsKey)
                                .map(questions::get)
                                .sorted(Comparator.comparing(UnansweredQuestions.Question::at)
                                        .reversed())
                                .limit(EXAMPLES)
                                .map(question ->
                                        new GapsView.Example(question.text(), question.at(), question.conversation()))
                                .toList()))
                .toList();
    }

    private Group group(UUID id) {
        return finder.now(FOR_AN_ACT)
                .with(id)
                .orElseThrow(() -> new Problem(
                        ProblemCode.NOT_FOUND,
                        "There is no such group of questions any more: they have been answered, or are too old."
                                + " Load the page again."));
    }

    private List<OpenQuestion> typical(Group group) {
        return some(typical.first(group.answered(), group.central().text()), ALL_ANSWERS);
    }

    /** Different ones, those in the middle of the group. */
    private static List<OpenQuestion> remembered(Group group) {
        return some(group.questions(), REMEMBERED);
    }

    private static <T> List<T> some(List<T> all, int most) {
        return all.subList(0, Math.min(most, all.size()));
    }

    /** Where the page goes on: after that group, or at that place where it is gone. */
    private static int after(String cursor, List<Group> open) {
        List<String> parts = Cursor.decode(cursor, 2).parts();
        try {
            UUID last = UUID.fromString(parts.get(0));
            int place = Integer.parseInt(parts.get(1));
            return IntStream.range(0, open.size())
                    .filter(i -> open.get(i).id().equals(last))
                    .map(i -> i + 1)
                    .findFirst()
                    .orElse(Math.max(0, Math.min(place, open.size())));
        } catch (IllegalArgumentException made) {
            throw Cursor.madeUp(made);
        }
    }

    private static GapsView.Answer answer(OpenQuestion question) {
        return new GapsView.Answer(question.answer(), question.text(), question.conversation(), question.trigger());
    }

    private static GapsView.GroupView view(
            Group group, Decisions decisions, int examples, List<OpenQuestion> answered) {
        Decision decision = decisions.of(group);
        return new GapsView.GroupView(
                group.id(),
                group.questions().size(),
                group.newestFirst().get(group.questions().size() - 1).at(),
                group.newest().at(),
                group.languages(),
                group.questions().stream()
                        .limit(examples)
                        .map(question -> new GapsView.Example(question.text(), question.at(), question.conversation()))
                        .toList(),
                answered.stream().map(GapService::answer).toList(),
                decision.reply() == null
                        ? null
                        : new GapsView.Draft(
                                decision.reply().id(),
                                decision.reply().title(),
                                decision.reply().state()),
                decision.mark() == null || !decision.mark().isSetAside()
                        ? null
                        : new GapsView.SetAside(
                                decision.mark().reason(), decision.mark().at()));
    }

    /**
     * @param mark null where nothing was decided, or it counts no longer
     * @param reply that was written; null where none was
     */
    private record Decision(Mark mark, ReplyView reply) {
        static final Decision NONE = new Decision(null, null);

        /** Whether there is nothing to do about the group: set aside, or answered by what was published. */
        boolean settles(Group group) {
            if (mark == null || reply != null && reply.state() != ReplyState.PUBLISHED) {
                return false;
            }
            Instant since = reply == null ? mark.at() : reply.updatedAt();
            return group.since(since) < Math.max(FEWEST_MORE, mark.questions());
        }
    }

    /** What has been decided about which groups, at one moment. */
    private final class Decisions {
        private final List<Mark> all = marks.all();
        private final Map<UUID, ReplyView> written = new HashMap<>();
        private final Map<UUID, Decision> ofGroups = new HashMap<>();
        private int setAside;

        Decisions() {
            List<UUID> ids = all.stream()
                    .filter(mark -> !mark.isSetAside())
                    .map(Mark::reply)
                    .toList();
            if (!ids.isEmpty()) {
                replies.those(ids).forEach(reply -> written.put(reply.id(), reply));
            }
        }

        Decision of(Group group) {
            return ofGroups.computeIfAbsent(group.id(), id -> decide(group));
        }

        boolean isOpen(Group group) {
            Decision decision = of(group);
            boolean settled = decision.settles(group);
            if (settled && decision.mark().isSetAside()) {
                setAside++;
            }
            return !settled;
        }

        int setAside() {
            return setAside;
        }

        /** By the decision with which it shares most questions, of several the newest. */
        private Decision decide(Group group) {
            List<Mark> about = new ArrayList<>(
                    all.stream().filter(mark -> group.has(mark.members())).toList());
            about.sort(Comparator.comparingLong(mark ->
                    -mark.members().stream().filter(group.members()::contains).count()));
            if (about.isEmpty()) {
                return Decision.NONE;
            }
            Mark mark = about.get(0);
            if (mark.isSetAside()) {
                return new Decision(mark, null);
            }
            ReplyView reply = written.get(mark.reply());
            return reply == null || reply.state() == ReplyState.ARCHIVED ? Decision.NONE : new Decision(mark, reply);
        }
    }
}
