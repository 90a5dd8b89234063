package io.replyloop.curation;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The queues of what is worth a look. What is corrected or excluded leaves them by itself. */
@ApplicationScoped
@Transactional
public class QueueService {
    private final Findings findings;
    private final LookThrough look;
    private final ExampleList list;
    private final CurationConfig config;
    private final AuditLog audit;

    QueueService(Findings findings, LookThrough look, ExampleList list, CurationConfig config, AuditLog audit) {
        this.findings = findings;
        this.look = look;
        this.list = list;
        this.config = config;
        this.audit = audit;
    }

    /** Looks through the examples again if enough has changed, without waiting for it. */
    QueuesView queues() {
        Optional<Findings.Look> newest = findings.newest();
        boolean due = newest.map(Findings.Look::fresh).orElse(Long.MAX_VALUE) >= config.lookAgainAfter();
        if (due && !look.hasFailed()) {
            look.begin();
        }
        return view(newest);
    }

    QueuesView lookAgain() {
        look.begin();
        return view(findings.newest());
    }

    Page<QueueItemView> items(Queue queue, String cursor, Integer limit) {
        int after = cursor == null ? -1 : (int) Math.min(Integer.MAX_VALUE, ExampleList.id(cursor));
        int size = Page.limit(limit);
        List<Findings.Item> found = findings.open(queue, after, limit);
        List<Findings.Item> page = found.subList(0, Math.min(size, found.size()));
        Map<Long, ExampleView> examples = new HashMap<>();
        list.of(page.stream().flatMap(item -> item.examples().stream()).toList())
                .forEach(example -> examples.put(example.id(), example));
        List<QueueItemView> items = page.stream()
                .map(item -> new QueueItemView(
                        item.id(),
                        item.probability(),
                        item.examples().stream()
                                .map(examples::get)
                                // One may have been erased since its id was read.
                                .filter(Objects::nonNull)
                                .sorted((one, other) -> Long.compare(other.id(), one.id()))
                                .toList()))
                .filter(item -> !item.examples().isEmpty())
                .toList();
        String next = found.size() > size
                ? Cursor.encode(Integer.toString(page.get(size - 1).place()))
                : null;
        return new Page<>(items, next);
    }

    /** The labels are right: the item is not shown in this queue again, unless other examples join it. */
    void looksRight(Queue queue, UUID item, UUID by) {
        findings.exists(queue, item);
        int examples = findings.settle(queue, item, by);
        if (examples > 0) {
            record(AuditAction.EXAMPLE_FOUND_RIGHT, queue, examples);
        }
    }

    void lookAtAgain(Queue queue, UUID item) {
        findings.exists(queue, item);
        int examples = findings.unsettle(queue, item);
        if (examples > 0) {
            record(AuditAction.EXAMPLE_BACK_IN_QUEUE, queue, examples);
        }
    }

    private void record(AuditAction action, Queue queue, int examples) {
        audit.record(
                action,
                AuditObject.theOnly(AuditObject.Kind.EXAMPLE),
                AuditDetails.of(Map.of("queue", queue.wireName(), "examples", examples)));
    }

    private QueuesView view(Optional<Findings.Look> newest) {
        LookThrough.Progress progress = look.progress();
        return new QueuesView(
                findings.count().entrySet().stream()
                        .map(open -> new QueuesView.Count(open.getKey().wireName(), open.getValue()))
                        .toList(),
                newest.map(Findings.Look::at).orElse(null),
                newest.map(Findings.Look::examples).orElse(null),
                newest.map(Findings.Look::cut).orElse(null),
                newest.map(Findings.Look::byMeaning).orElse(null),
                newest.map(Findings.Look::fresh).orElse(null),
                progress == null ? null : new QueuesView.Progress(progress.step(), progress.share()),
                look.hasFailed());
    }
}
