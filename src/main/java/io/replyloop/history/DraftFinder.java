package io.replyloop.history;

import io.replyloop.gaps.Titles;
import io.replyloop.platform.Script;
import io.replyloop.suggestion.SmallTalk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Makes drafts of replies of what agents wrote: those that would have been used most often first. */
public final class DraftFinder {
    /** What was said once is no reply yet. */
    private static final int FEWEST_USES = 2;
    /** More than anybody looks through. */
    static final int MOST_DRAFTS = 500;
    /** Messages that are compared to find what differs. */
    private static final int MESSAGES = 40;

    private static final int LONGEST_SMALL_TALK = 160;
    private static final Pattern SMALL_TALK = Pattern.compile(
            "(one|a|just a) (moment|minute|second|sec|min)(?![\\p{L}\\p{N}])|bear with (me|us)|hold on|please (wait|hold)|let me"
                    + " (check|look|see)|anything else|how (can|may) i (help|assist)|you('| a)re welcome|my pleasure|have"
                    + " a (nice|great|good|wonderful|lovely)|(good ?bye|bye)(?![\\p{L}\\p{N}])|thank(s| you) for (contacting|waiting|your"
                    + " patience)|稍等|请等|等一下|还有(什么|其他|别的)|有什么可以帮|祝(您|你)|不客气|不用谢|不用客气|很高兴为(您|你)服务|再见|感谢(您|你)的(来电|咨询|耐心)");

    private DraftFinder() {}

    /**
     * A draft.
     *
     * @param title a question that customers asked, where it asks something; else what the reply itself says
     * @param asked place of the message that answered the question in the title; -1 where the title is none
     * @param smallTalk a greeting, "one moment, please" and the like: of use as a canned reply, and an answer to nothing
     * @param messages places of those that say it, the most typical first
     */
    public record Found(
            String title, int asked, String text, String language, boolean smallTalk, List<Integer> messages) {}

    /**
     * What became of the messages: each is in one draft, or left out for one reason.
     *
     * @param left how many messages became no draft, and why
     */
    record Outcome(List<Found> drafts, Map<LeftOut, Integer> left) {}

    public static List<Found> of(
            List<String> texts, IntFunction<String> question, Function<List<String>, List<float[]>> vectors) {
        return outcome(texts, question, vectors).drafts();
    }

    /**
     * @param texts what agents wrote, masked
     * @param question which question a message answered; empty where none
     * @param vectors of texts, of length 1; null where only the same words are put together
     */
    static Outcome outcome(
            List<String> texts, IntFunction<String> question, Function<List<String>, List<float[]>> vectors) {
        List<Wording> wordings = Wording.of(texts);
        List<int[]> groups = vectors == null
                ? DraftClusters.byWords(wordings)
                : DraftClusters.of(
                        wordings,
                        vectors.apply(wordings.stream().map(Wording::text).toList()));
        List<Found> drafts = new ArrayList<>();
        Map<LeftOut, Integer> left = new EnumMap<>(LeftOut.class);
        for (int[] group : groups) {
            List<Integer> messages = Arrays.stream(group)
                    .mapToObj(wordings::get)
                    .flatMap(wording -> wording.messages().stream())
                    .toList();
            if (messages.size() < FEWEST_USES) {
                left.merge(LeftOut.WRITTEN_ONCE, messages.size(), Integer::sum);
                continue;
            }
            if (drafts.size() == MOST_DRAFTS) {
                left.merge(LeftOut.TOO_MANY_DRAFTS, messages.size(), Integer::sum);
                continue;
            }
            Found draft = draft(wordings.get(group[0]).text(), messages, texts, question, vectors);
            if (Placeholders.saysSomething(draft.text())) {
                drafts.add(draft);
            } else {
                left.merge(LeftOut.SAYS_NOTHING, messages.size(), Integer::sum);
            }
        }
        return new Outcome(drafts, left);
    }

    private static Found draft(
            String typical,
            List<Integer> messages,
            List<String> texts,
            IntFunction<String> question,
            Function<List<String>, List<float[]>> vectors) {
        String text = Placeholders.in(
                typical,
                spread(messages.subList(1, messages.size()), MESSAGES).stream()
                        .map(texts::get)
                        .toList());
        String language = Script.of(text) == Script.CHINESE ? "zh" : "en";
        Optional<DraftTitles.Title> asked = DraftTitles.of(messages, question, vectors);
        return new Found(
                asked.map(DraftTitles.Title::text).orElseGet(() -> Titles.of(text)),
                asked.map(DraftTitles.Title::message).orElse(-1),
                text,
                language,
                isSmallTalk(text),
                messages);
    }

    static boolean isSmallTalk(String text) {
        return SmallTalk.isNothingElse(text)
                || text.length() <= LONGEST_SMALL_TALK
                        && SMALL_TALK.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    /** Some of them, from the first to the last. */
    static List<Integer> spread(List<Integer> all, int most) {
        return all.size() <= most
                ? all
                : IntStream.range(0, most)
                        .mapToObj(i -> all.get((int) ((long) i * all.size() / most)))
                        .toList();
    }
}
