package io.replyloop.history;

import io.replyloop.gaps.Titles;
import io.replyloop.platform.Script;
import io.replyloop.suggestion.SmallTalk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/** What a draft is called: by the question that customers asked most often. */
final class DraftTitles {
    private static final int QUESTIONS = 400;
    /** Of questions that were asked once each, so many are compared to find the one in the middle. */
    private static final int COMPARED = 12;
    /** Fewer words, or Chinese characters, say nothing of what is asked: "Why?" */
    private static final int FEWEST_WORDS = 3;

    private static final int FEWEST_CHARACTERS = 4;
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern GREETING = Pattern.compile(
            "^(?:(?i:hi|hello|hey|hallo|dear|good (?:morning|afternoon|evening|day)|excuse me|sorry|ok|okay)"
                    + "(?i: there| all| team)?(?: (?:\\[name]|\\p{Lu}\\p{L}+)(?=[,!.:]))?[,!.:;\\s–-]+(?=\\p{L})"
                    + "|(?:你好|您好|哈喽|在吗|请问一下|请问)[，,！!。.？?\\s]*(?=\\p{IsHan}))++");
    /** What depends on the customer, with the space before it. */
    private static final Pattern FILLED_IN = Pattern.compile("\\s*+#?\\[(?:name|number|date|time)]");

    /** @param message whose question it is */
    record Title(String text, int message) {}

    private DraftTitles() {}

    /**
     * The shortest of the questions that were asked most often; of those that were asked once each, the one in the middle.
     *
     * @param question which question a message answered; empty where none
     * @param vectors of texts, of length 1; null where there is no encoder
     */
    static Optional<Title> of(
            List<Integer> messages, IntFunction<String> question, Function<List<String>, List<float[]>> vectors) {
        Map<String, List<Title>> asked = new LinkedHashMap<>();
        for (int message : DraftFinder.spread(messages, QUESTIONS)) {
            String one = question.apply(message);
            String title = SmallTalk.isNothingElse(one) ? "" : cleaned(Titles.of(one));
            if (asks(title)) {
                asked.computeIfAbsent(Wording.key(title), unknown -> new ArrayList<>())
                        .add(new Title(title, message));
            }
        }
        List<List<Title>> all = List.copyOf(asked.values());
        List<List<Title>> telling =
                all.stream().filter(some -> isTelling(some.get(0).text())).toList();
        return chosen(telling.isEmpty() ? all : telling, vectors);
    }

    private static Optional<Title> chosen(List<List<Title>> asked, Function<List<String>, List<float[]>> vectors) {
        int most = asked.stream().mapToInt(List::size).max().orElse(0);
        if (most == 1 && vectors != null) {
            return Optional.of(central(
                    DraftFinder.spread(IntStream.range(0, asked.size()).boxed().toList(), COMPARED).stream()
                            .map(place -> asked.get(place).get(0))
                            .toList(),
                    vectors));
        }
        return asked.stream()
                .filter(some -> some.size() == most)
                .map(DraftTitles::one)
                .min(Comparator.comparingInt(title -> title.text().length()));
    }

    /** For all who asked the same: without the number of one customer's order. */
    private static Title one(List<Title> same) {
        Title first = same.get(0);
        if (same.size() == 1) {
            return first;
        }
        String common = Placeholders.in(
                first.text(),
                same.subList(1, same.size()).stream().map(Title::text).toList());
        String told = FILLED_IN.matcher(common).replaceAll("");
        return isTelling(told) ? new Title(told, first.message()) : first;
    }

    private static Title central(List<Title> titles, Function<List<String>, List<float[]>> vectors) {
        List<float[]> meanings = vectors.apply(titles.stream().map(Title::text).toList());
        float[] sum = new float[meanings.get(0).length];
        meanings.forEach(vector -> IntStream.range(0, sum.length).forEach(i -> sum[i] += vector[i]));
        return IntStream.range(0, titles.size())
                .boxed()
                .max(Comparator.comparingDouble(one -> VectorUtil.dotProduct(meanings.get(one), sum)))
                .map(titles::get)
                .orElseThrow();
    }

    /** Without a greeting before it. */
    private static String cleaned(String title) {
        String said = GREETING.matcher(title).replaceFirst("");
        if (said.isEmpty()) {
            return title;
        }
        int first = said.offsetByCodePoints(0, 1);
        return Character.toString(Character.toTitleCase(said.codePointAt(0))) + said.substring(first);
    }

    private static boolean asks(String title) {
        return title.endsWith("?") || title.endsWith("？");
    }

    private static boolean isTelling(String title) {
        return Script.of(title) == Script.CHINESE
                ? title.length() > FEWEST_CHARACTERS
                : SPACES.split(title).length >= FEWEST_WORDS;
    }
}
