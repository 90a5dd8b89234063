package io.replyloop.knowledge;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What turns the meaning of what stands beside it: numbers, currencies, negations, conditions, in English and Chinese. Two
 * texts that differ in one of them may share all their other words and say the opposite.
 */
public final class TurningWords {
    /** What is to be filled in, such as {@code [number]} or <code>{{customer.name}}</code>, as a pattern. */
    public static final String TO_BE_FILLED_IN = "\\[\\w+]|\\{\\{[^{}]{0,60}}}";

    private static final Pattern TOKEN = Pattern.compile(TO_BE_FILLED_IN + "|\\p{IsHan}|\\p{N}++(?:[.,:/]\\p{N}++)*+"
            + "|[\\p{L}&&[^\\p{IsHan}]][\\p{L}\\p{M}&&[^\\p{IsHan}]]*(?:'\\p{L}+)?|\\p{Sc}|%");
    private static final Pattern HYPHEN = Pattern.compile("(?<=\\p{L})-(?=\\p{L})");

    private static final Set<String> COURTESIES =
            Set.of("please", "kindly", "just", "the", "a", "an", "请", "的", "哦", "呢", "哈", "呀", "吧", "啊");

    private static final Set<String> TURNING = Set.of(("no not never without nor neither none nobody nothing nowhere"
                    + " except excluding exclude excludes exclusive unless only hardly barely if until till before after but"
                    + " however or instead must may might should could would already yet still anymore zero one two three four"
                    + " five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
                    + " twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half double twice once"
                    + " first second third free business working calendar most least more less 不 没 無 无 非 未 别 勿 除 免 仅 只 必 但 或 若 已 零"
                    + " 〇 一 二 三 四 五 六 七 八 九 十 百 千 万 两 半 第 工 最 至")
            .split(" "));

    private static final Map<String, String> ENDINGS =
            Map.of("re", "are", "s", "is", "m", "am", "ll", "will", "ve", "have", "d", "would");
    private static final Map<String, List<String>> JOINED = Map.ofEntries(
            Map.entry("cannot", List.of("can", "not")),
            Map.entry("can't", List.of("can", "not")),
            Map.entry("cant", List.of("can", "not")),
            Map.entry("won't", List.of("will", "not")),
            Map.entry("wont", List.of("will", "not")),
            Map.entry("dont", List.of("do", "not")),
            Map.entry("doesnt", List.of("does", "not")),
            Map.entry("didnt", List.of("did", "not")),
            Map.entry("isnt", List.of("is", "not")),
            Map.entry("arent", List.of("are", "not")),
            Map.entry("您", List.of("你")));

    private TurningWords() {}

    /** Those among tokens. */
    public static List<String> of(List<String> tokens) {
        return tokens.stream().filter(TurningWords::turns).toList();
    }

    /** Words without case, width and courtesies; numbers; each Chinese character; what is to be filled in, as one. */
    public static List<String> tokens(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'');
        List<String> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(HYPHEN.matcher(folded).replaceAll(""));
        while (token.find()) {
            if (!COURTESIES.contains(token.group())) {
                tokens.addAll(parts(token.group()));
            }
        }
        return tokens;
    }

    public static boolean turns(String token) {
        int first = token.codePointAt(0);
        return TURNING.contains(token)
                || Character.getType(first) == Character.CURRENCY_SYMBOL
                || first == '%'
                || isNumber(token);
    }

    /** A placeholder such as {@code [number]} or <code>{{customer.name}}</code>, or what was masked. */
    public static boolean isToBeFilledIn(String token) {
        return token.startsWith("[") || token.startsWith("{{");
    }

    public static boolean isNumber(String token) {
        return token.codePoints().anyMatch(character -> !Character.isLetter(character) && isNumber(character));
    }

    private static boolean isNumber(int character) {
        int type = Character.getType(character);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static List<String> parts(String token) {
        if (JOINED.containsKey(token)) {
            return JOINED.get(token);
        }
        int apostrophe = token.indexOf('\'');
        if (apostrophe < 0 || isToBeFilledIn(token)) {
            return List.of(token);
        }
        String stem = token.substring(0, apostrophe);
        String ending = token.substring(apostrophe + 1);
        if (ending.equals("t") && stem.endsWith("n")) {
            return List.of(stem.substring(0, stem.length() - 1), "not");
        }
        return ENDINGS.containsKey(ending) ? List.of(stem, ENDINGS.get(ending)) : List.of(stem + ending);
    }
}
