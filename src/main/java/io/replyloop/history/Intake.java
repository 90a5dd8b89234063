package io.replyloop.history;

import io.replyloop.knowledge.ReplyText;
import io.replyloop.platform.Script;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks what is read and stores it, some conversations at a time; counts what is taken and what is left out. */
final class Intake implements TranscriptSink {
    static final int MOST_MESSAGES = 1_000;
    private static final int TOGETHER = 100;
    /** Ids and addresses of the customers of one conversation. */
    private static final int MOST_KEYS = 50;

    private static final int SHOWN_LINES = 5;
    private static final Pattern MASK = Pattern.compile("\\[(email|iban|id|card|phone|name)]");

    /** Is told of what has been read, and how far that is; throws where nobody wants it any more. */
    interface Target {
        List<Boolean> add(List<HistoryStore.Conversation> conversations);

        void progress();
    }

    private record Waiting(HistoryStore.Conversation conversation, Transcript transcript) {}

    private final Target target;
    private final UUID salt;
    private final HistoryConfig config;
    private final Instant keptSince;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<LeftOut, List<Integer>> lines = new EnumMap<>(LeftOut.class);
    private final Map<LeftOut, Integer> counts = new EnumMap<>(LeftOut.class);
    private final Map<String, Integer> languages = new TreeMap<>();
    private final Map<String, Integer> masked = new TreeMap<>();
    private int place;
    private int byOthers;
    private int conversations;
    private int messages;
    private int taken;
    private int agents;
    private Instant from;
    private Instant to;

    /** @param keptSince conversations that began before are not kept; null where all are */
    Intake(Target target, UUID salt, HistoryConfig config, Instant keptSince) {
        this.target = target;
        this.salt = salt;
        this.config = config;
        this.keptSince = keptSince;
    }

    @Override
    public void progress() {
        target.progress();
    }

    @Override
    public void byOthers() {
        byOthers++;
    }

    @Override
    public void leftOut(LeftOut why, int line) {
        leftOut(why, line, 1);
    }

    private void leftOut(LeftOut why, int line, int number) {
        counts.merge(why, number, Integer::sum);
        List<Integer> some = lines.computeIfAbsent(why, unknown -> new ArrayList<>());
        if (some.size() < SHOWN_LINES && !some.contains(line)) {
            some.add(line);
        }
    }

    @Override
    public void conversation(Transcript transcript) {
        target.progress();
        List<Said> said = transcript.said();
        if (said.size() > MOST_MESSAGES) {
            leftOut(LeftOut.TOO_MANY_MESSAGES, transcript.line(), said.size() - MOST_MESSAGES);
            said = said.subList(0, MOST_MESSAGES);
        }
        if (said.isEmpty()) {
            leftOut(LeftOut.NO_MESSAGES, transcript.line());
            return;
        }
        if (said.stream().noneMatch(one -> one.by() == Writer.AGENT)) {
            leftOut(LeftOut.NO_AGENT, transcript.line());
            return;
        }
        if (keptSince != null && said.get(0).at() != null && said.get(0).at().isBefore(keptSince)) {
            leftOut(LeftOut.TOO_OLD, transcript.line());
            return;
        }
        if (taken >= config.conversations() || messages + said.size() > config.messages()) {
            leftOut(LeftOut.TOO_MANY_CONVERSATIONS, transcript.line());
            return;
        }
        String content = contentKey(transcript.id(), said);
        if (!seen.add(content)) {
            leftOut(LeftOut.REPEATED, transcript.line());
            return;
        }
        taken++;
        messages += said.size();
        add(transcript, said, content);
        if (waiting.size() == TOGETHER) {
            flush();
        }
    }

    private void add(Transcript transcript, List<Said> said, String content) {
        HistoryStore.Conversation conversation = new HistoryStore.Conversation(
                UUID.randomUUID(),
                place++,
                key(salt, transcript.id()),
                transcript.customers().stream()
                        .limit(MOST_KEYS)
                        .map(customer -> key(salt, customer))
                        .filter(key -> !key.isEmpty())
                        .distinct()
                        .toList(),
                content,
                StoredTurns.masked(said, transcript.names()),
                MessageTimes.of(said));
        waiting.add(new Waiting(
                conversation,
                new Transcript(transcript.line(), transcript.id(), transcript.customers(), transcript.names(), said)));
    }

    /** The same with other spaces or capitals is the same; the same words under another id are another conversation. */
    private static String contentKey(String id, List<Said> said) {
        StringBuilder content = new StringBuilder(id.replace('\n', ' '));
        said.forEach(one -> content.append('\n').append(one.by()).append(' ').append(one.text()));
        return ReplyText.key(content.toString());
    }

    /** Empty where the file names nobody. */
    static String key(UUID salt, String id) {
        return id.isBlank() ? "" : ReplyText.key(salt + " " + id.strip());
    }

    void flush() {
        List<Boolean> added =
                target.add(waiting.stream().map(Waiting::conversation).toList());
        for (int i = 0; i < waiting.size(); i++) {
            if (Boolean.TRUE.equals(added.get(i))) {
                count(waiting.get(i));
            } else {
                leftOut(LeftOut.IMPORTED_BEFORE, waiting.get(i).transcript().line());
                messages -= waiting.get(i).transcript().said().size();
            }
        }
        waiting.clear();
    }

    private void count(Waiting one) {
        List<Said> said = one.transcript().said();
        conversations++;
        agents += (int)
                said.stream().filter(message -> message.by() == Writer.AGENT).count();
        StringBuilder all = new StringBuilder();
        said.forEach(message -> all.append(message.text()).append('\n'));
        languages.merge(Script.of(all.toString()) == Script.CHINESE ? "zh" : "en", 1, Integer::sum);
        countMasks(one.conversation().messages(), 1);
        countMasks(all.toString(), -1);
        Instant at = one.conversation().times().began();
        if (at != null) {
            from = from == null || at.isBefore(from) ? at : from;
            to = to == null || at.isAfter(to) ? at : to;
        }
    }

    private void countMasks(String text, int sign) {
        Matcher mask = MASK.matcher(text);
        while (mask.find()) {
            masked.merge(mask.group(1), sign, Integer::sum);
        }
    }

    HistoryReport report() {
        List<HistoryReport.Omission> omissions = new ArrayList<>();
        counts.forEach((why, count) -> {
            List<Integer> some = lines.get(why);
            Collections.sort(some);
            omissions.add(new HistoryReport.Omission(why, count, List.copyOf(some)));
        });
        masked.values().removeIf(count -> count <= 0);
        return new HistoryReport(
                conversations, messages, agents, languages, from, to, omissions, masked, byOthers, 0, 0, 0, 0, false);
    }
}
