package io.replyloop.retrieval;

import io.replyloop.platform.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What somebody may type who looks for a reply, or for nothing that there is. The same in each measurement. */
final class SearchTexts {
    private static final int SEARCHES = 400;

    private static final Set<String> SMALL_WORDS = Set.of(
            "a an and any are at be been but by can could did do does for from get had has have how i if in is it me my no not of on or our so that the their there they this to was we were what when where which who why will with would you your"
                    .split(" "));

    private SearchTexts() {}

    static <T> List<T> some(List<T> all) {
        int step = Math.max(1, all.size() / SEARCHES);
        return IntStream.range(0, all.size())
                .filter(i -> i % step == 0)
                .limit(SEARCHES)
                .mapToObj(all::get)
                .toList();
    }

    static List<String> brief(List<String> texts) {
        return texts.stream()
                .map(SearchTexts::brief)
                .filter(text -> !text.isBlank())
                .toList();
    }

    /** As somebody in a hurry types it: the three longest words that say something, or the last six characters. */
    static String brief(String text) {
        if (Script.of(text) == Script.CHINESE) {
            String letters = text.replaceAll("[^\\p{L}\\p{N}]", "");
            int[] points = letters.codePoints().toArray();
            return new String(points, Math.max(0, points.length - 6), Math.min(6, points.length));
        }
        List<String> words = Arrays.stream(text.toLowerCase().split("[^\\p{L}\\p{N}']+"))
                .filter(word -> word.length() > 2 && !SMALL_WORDS.contains(word))
                .toList();
        List<String> longest = words.stream()
                .sorted(Comparator.comparingInt(word -> -word.length()))
                .limit(3)
                .toList();
        return words.stream().filter(longest::contains).distinct().collect(Collectors.joining(" "));
    }

    static String words(String text, SplittableRandom random) {
        List<String> words = Arrays.stream(text.split("[^\\p{L}\\p{N}']+"))
                .filter(word -> word.length() > 2 && !SMALL_WORDS.contains(word.toLowerCase()))
                .toList();
        if (words.isEmpty()) {
            return "";
        }
        int many = 1 + random.nextInt(3);
        int from = random.nextInt(Math.max(1, words.size() - many + 1));
        return String.join(" ", words.subList(from, Math.min(words.size(), from + many)));
    }

    static String characters(String text, SplittableRandom random) {
        String letters = text.replaceAll("[^\\p{L}\\p{N}]", "");
        int many = 2 + random.nextInt(4);
        int from = random.nextInt(Math.max(1, letters.length() - many + 1));
        return letters.substring(from, Math.min(letters.length(), from + many));
    }

    static List<String> letters(boolean latin) {
        SplittableRandom random = new SplittableRandom(1);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            int many = latin ? 4 + random.nextInt(8) : 2 + random.nextInt(5);
            for (int at = 0; at < many; at++) {
                text.appendCodePoint(latin ? 'a' + random.nextInt(26) : 0x4e00 + random.nextInt(5_000));
            }
            all.add(text.toString());
        }
        return all;
    }
}
