package io.replyloop.curation;

import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells what people have done to examples. */
@ApplicationScoped
@Transactional
class CurationHistory {
    private final CurationJournal journal;
    private final ExampleList list;

    CurationHistory(CurationJournal journal, ExampleList list) {
        this.journal = journal;
        this.list = list;
    }

    /** What was done to one example, newest first. */
    List<CurationActView> ofExample(long id) {
        list.get(id);
        List<CurationAct> acts = journal.ofExample(id);
        Set<UUID> undone = acts.stream().map(CurationAct::undoes).collect(Collectors.toSet());
        return acts.stream()
                .map(act -> CurationActView.of(act, undone.contains(act.act())))
                .toList();
    }

    /** What was done lately, to any example. */
    Page<CurationEntryView> lately(String cursor, Integer limit) {
        int size = Page.limit(limit);
        long before = cursor == null ? Long.MAX_VALUE : ExampleList.id(cursor);
        List<CurationJournal.Entry> found = journal.newestBefore(before, size + 1);
        List<CurationJournal.Entry> page = found.subList(0, Math.min(size, found.size()));
        String next = found.size() > size
                ? Cursor.encode(Long.toString(page.get(size - 1).id()))
                : null;
        Map<Long, ExampleView> known = known(page);
        return new Page<>(
                page.stream().map(entry -> CurationEntryView.of(entry, known)).toList(), next);
    }

    private Map<Long, ExampleView> known(List<CurationJournal.Entry> page) {
        Set<Long> ids = new HashSet<>();
        for (CurationJournal.Entry entry : page) {
            if (entry.examples() == 1 || entry.saysThatAnotherFits()) {
                ids.add(entry.first());
                ids.add(entry.last());
            }
        }
        return list.of(ids).stream().collect(Collectors.toMap(ExampleView::id, Function.identity()));
    }
}
