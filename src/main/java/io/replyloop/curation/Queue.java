package io.replyloop.curation;

import io.replyloop.platform.Problem;
import io.replyloop.platform.WireNames;
import java.util.stream.Stream;

/** What is worth a look, and until when it is: as a condition on the examples {@code e} of an item. */
enum Queue {
    /** The same reply fits and does not fit to the same question, or nearly the same. */
    CONTRADICTION("bool_or(e.label >= 0.5 and not e.excluded) and bool_or(e.label < 0.5 and not e.excluded)"),
    /** The same thing is said again and again, and would count as often. */
    NEAR_REPEAT("count(*) filter (where not e.excluded) > 1"),
    /** What other conversations have taught speaks against the label. */
    LABEL_ERROR("bool_and(not e.excluded and e.version = f.version)"),
    /** Everything that was suggested was rejected, and nothing has been said to fit since. */
    REJECTED("bool_or(not e.excluded) and bool_and(not exists (select from example x"
            + " where x.impression_id = e.impression_id and x.reply_id is not null and x.label >= 0.5"
            + " and not x.excluded))");

    private final String open;

    Queue(String open) {
        this.open = open;
    }

    String open() {
        return open;
    }

    String wireName() {
        return WireNames.of(this);
    }

    static Queue named(String name) {
        return Stream.of(values())
                .filter(queue -> queue.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("queue"));
    }
}
