package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;

/** The counts and latencies of one replayed file. */
final class ReplayStatistics {
    final AtomicInteger dialogues = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger acknowledged = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger lost = new AtomicInteger();
    final AtomicInteger duplicated = new AtomicInteger();
    final AtomicInteger outOfOrder = new AtomicInteger();
    final AtomicInteger reconnects = new AtomicInteger();
    final AtomicInteger interrupted = new AtomicInteger();
    final AtomicInteger verified = new AtomicInteger();
    final AtomicInteger picks = new AtomicInteger();
    final AtomicInteger unknownPicks = new AtomicInteger();
    final AtomicInteger withoutSuggestions = new AtomicInteger();
    final Latencies acknowledgement = new Latencies();
    final Latencies delivery = new Latencies();
    final Latencies suggestion = new Latencies();
    private final Map<Long, AtomicInteger> models = new ConcurrentSkipListMap<>();
    private final AtomicInteger first = new AtomicInteger();
    private final AtomicInteger amongThree = new AtomicInteger();
    private final DoubleAdder reciprocalRanks = new DoubleAdder();
    private final Set<String> warnings = new ConcurrentSkipListSet<>();

    /** @param rank the rank of the picked reply among the suggestions, from 1; 0 if it was not suggested */
    void pick(int rank) {
        picks.incrementAndGet();
        if (rank == 1) {
            first.incrementAndGet();
        }
        if (rank > 0) {
            amongThree.incrementAndGet();
            reciprocalRanks.add(1.0 / rank);
        }
    }

    /** Counts the suggestions per model. After a promotion, the old model serves until the new one is loaded. */
    void suggestedBy(long model) {
        models.computeIfAbsent(model, number -> new AtomicInteger()).incrementAndGet();
    }

    void warn(String warning) {
        if (warnings.size() < 10 && warnings.add(warning)) {
            System.err.println(warning);
        }
    }

    /** Whether both sides have received every message once and in order. */
    boolean isClean() {
        return lost.get() == 0 && duplicated.get() == 0 && outOfOrder.get() == 0;
    }

    ObjectNode json(double seconds) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("dialogues", dialogues.get());
        json.put("failedDialogues", failed.get());
        json.put("verified", verified.get());
        json.put("seconds", Latencies.rounded(seconds));
        json.put("sent", sent.get());
        json.put("acknowledged", acknowledged.get());
        json.put("refused", refused.get());
        json.put("lost", lost.get());
        json.put("duplicated", duplicated.get());
        json.put("outOfOrder", outOfOrder.get());
        json.put("reconnects", reconnects.get());
        json.put("picks", picks.get());
        json.put("unknownPicks", unknownPicks.get());
        json.put("withoutSuggestions", withoutSuggestions.get());
        share(json, "accept1", first.get());
        share(json, "accept3", amongThree.get());
        share(json, "mrr", reciprocalRanks.sum());
        ObjectNode byModel = json.putObject("suggestionsByModel");
        models.forEach((model, count) -> byModel.put(model.toString(), count.get()));
        ObjectNode millis = json.putObject("millis");
        millis.put("interrupted", interrupted.get());
        millis.set("acknowledgement", acknowledgement.json());
        millis.set("delivery", delivery.json());
        millis.set("suggestion", suggestion.json());
        return json;
    }

    private void share(ObjectNode json, String name, double part) {
        if (picks.get() == 0) {
            json.putNull(name);
        } else {
            json.put(name, Math.round(part / picks.get() * 10_000) / 10_000.0);
        }
    }
}
