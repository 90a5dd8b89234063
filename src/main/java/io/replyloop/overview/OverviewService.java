package io.replyloop.overview;

import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelSummary;
import io.replyloop.overview.OverviewView.Queue;
import io.replyloop.reports.ReportService;
import io.replyloop.reports.SummaryView;
import io.replyloop.routing.AgentState;
import io.replyloop.routing.Availability;
import io.replyloop.routing.ColleagueView;
import io.replyloop.routing.Supervision;
import io.replyloop.routing.SupervisionView;
import io.replyloop.training.TrainingService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Puts the first page together from what others know; it has no figure of its own. */
@ApplicationScoped
class OverviewService {
    private final Supervision supervision;
    private final Availability availability;
    private final FirstSteps firstSteps;
    private final ReportService reports;
    private final ModelRegistry models;
    private final TrainingService training;

    OverviewService(
            Supervision supervision,
            Availability availability,
            FirstSteps firstSteps,
            ReportService reports,
            ModelRegistry models,
            TrainingService training) {
        this.supervision = supervision;
        this.availability = availability;
        this.firstSteps = firstSteps;
        this.reports = reports;
        this.models = models;
        this.training = training;
    }

    @Transactional
    OverviewView now() {
        List<SupervisionView.Queue> queues = supervision.queues();
        List<ColleagueView> colleagues = availability.colleagues();
        Optional<Instant> waitsSince = queues.stream()
                .map(SupervisionView.Queue::longest)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
        return new OverviewView(
                queues.stream().mapToLong(SupervisionView.Queue::open).sum(),
                queues.stream().mapToLong(SupervisionView.Queue::waiting).sum(),
                waitsSince
                        .map(since -> Math.max(
                                0, Duration.between(since, Instant.now()).toSeconds()))
                        .orElse(null),
                queues.stream().mapToLong(SupervisionView.Queue::unassigned).sum(),
                inState(colleagues, AgentState.AVAILABLE),
                inState(colleagues, AgentState.AWAY),
                inState(colleagues, AgentState.OFFLINE),
                queues.stream()
                        .map(queue -> new Queue(queue.name(), queue.unassigned(), queue.waiting()))
                        .toList(),
                firstSteps.view());
    }

    private static long inState(List<ColleagueView> colleagues, AgentState state) {
        return colleagues.stream().filter(each -> each.state() == state).count();
    }

    /** In transactions of its own for each part: a report waits for its turn before it takes a connection. */
    FiguresView figures(int days) {
        SummaryView report = reports.summary(days);
        ModelNow model = models.versions().stream()
                .filter(ModelSummary::serving)
                .findFirst()
                .map(this::model)
                .orElse(null);
        return new FiguresView(report, model);
    }

    private ModelNow model(ModelSummary serving) {
        Instant promoted = serving.promotedAt();
        return new ModelNow(
                serving.number(),
                serving.origin(),
                promoted == null ? serving.createdAt() : promoted,
                training.newestVerdict()
                        .map(verdict -> new ModelNow.Verdict(verdict.run(), verdict.at(), verdict.verdict()))
                        .orElse(null));
    }
}
