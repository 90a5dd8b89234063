package io.replyloop.history;

import io.replyloop.knowledge.ReplyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what differs from message to message, and is a name or a number, in brackets: nobody should send it to the next customer. */
final class Placeholders {
    /** Below this share of the messages a word is one of this customer alone. */
    private static final double RARE = 0.3;

    /** In fewer other messages a word may be of this customer alone, however few there are. */
    private static final int FEWEST_OTHERS = 2;

    /** Where fewer of those who used the same words gave the same number, it depends on the customer, or has changed over time. */
    private static final double AGREED = 0.8;

    static final Pattern TOKEN = Pattern.compile("\\[\\w+]|\\p{N}[\\p{N}\\p{L}&&[^\\p{IsHan}]]*(?:[.,:/-]\\p{N}++)*+%?"
            + "|\\p{IsHan}+|\\p{L}[\\p{L}\\p{M}\\p{N}'’-]*");
    private static final Pattern BRACKETS = Pattern.compile("\\[\\w+]");
    private static final Pattern TIME = Pattern.compile("\\p{N}{1,2}:\\p{N}{2}(?::\\p{N}{2})?|\\p{N}{1,2}[ap]m");
    private static final Pattern DATE =
            Pattern.compile("\\p{N}{1,4}[./-]\\p{N}{1,2}[./-]\\p{N}{1,4}|\\p{N}{1,2}(?:st|nd|rd|th)");
    /** One of the hundred surnames that nearly all have, before what people are called, or after what introduces them. */
    private static final String SURNAME =
            "(?<![关对由])(?:欧阳|司马|上官|诸葛|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺毛郝顾龚邵万覃武钱戴严莫孔])";

    private static final Pattern CHINESE_NAME = Pattern.compile(SURNAME + "\\p{IsHan}{0,2}(?=先生|女士|小姐|太太|老师|师傅|经理)"
            + "|(?<=我叫|我是客服|姓名[:：是为]|收件人[:：是为])" + SURNAME + "\\p{IsHan}{1,2}(?![\\p{IsHan}])");
    private static final Pattern REPEATED = Pattern.compile("(\\[(?:name|number)])(?:[ ,.]*+\\1)++");

    private Placeholders() {}

    /** @param others the other messages of the same meaning */
    static String in(String text, List<String> others) {
        if (others.isEmpty()) {
            return text;
        }
        List<Set<String>> words = new ArrayList<>();
        List<List<String>> inTheSameWords = new ArrayList<>();
        String wording = Wording.key(text);
        for (String other : others) {
            List<String> tokens = tokens(other);
            words.add(Set.copyOf(tokens));
            if (Wording.key(other).equals(wording)) {
                inTheSameWords.add(tokens);
            }
        }
        StringBuilder with = new StringBuilder();
        Matcher token = TOKEN.matcher(text);
        int copied = 0;
        for (int place = 0; token.find(); place++) {
            String word = token.group();
            String kind = kind(word, text, token.start());
            String normalised = ReplyText.normalised(word);
            if (kind == null
                    || isAgreed(normalised, place, inTheSameWords)
                            && isCommon(
                                    words.stream()
                                            .filter(some -> some.contains(normalised))
                                            .count(),
                                    others.size())) {
                continue;
            }
            with.append(text, copied, token.start()).append('[').append(kind).append(']');
            copied = token.end();
        }
        with.append(text, copied, text.length());
        Matcher name = CHINESE_NAME.matcher(with);
        String named = name.replaceAll(found -> isCommon(
                        others.stream()
                                .filter(other -> other.contains(found.group()))
                                .count(),
                        others.size())
                ? Matcher.quoteReplacement(found.group())
                : "[name]");
        return REPEATED.matcher(named).replaceAll("$1");
    }

    /** What two or three messages say may all be of one customer. */
    private static boolean isCommon(long in, int others) {
        return in >= FEWEST_OTHERS && in >= RARE * others;
    }

    private static boolean isAgreed(String word, int place, List<List<String>> inTheSameWords) {
        long agreed = inTheSameWords.stream()
                .filter(tokens -> place < tokens.size() && tokens.get(place).equals(word))
                .count();
        return agreed >= AGREED * inTheSameWords.size();
    }

    /** Whether anything is said beside what differs from customer to customer. */
    static boolean saysSomething(String text) {
        return BRACKETS.matcher(text)
                        .replaceAll("")
                        .codePoints()
                        .filter(Character::isLetter)
                        .count()
                > 1;
    }

    private static String kind(String word, String text, int at) {
        if (Character.isDigit(word.codePointAt(0)) || word.codePoints().anyMatch(Character::isDigit)) {
            String plain = word.toLowerCase(Locale.ROOT);
            return TIME.matcher(plain).matches() ? "time" : DATE.matcher(plain).matches() ? "date" : "number";
        }
        boolean isName = Character.isUpperCase(word.codePointAt(0)) && word.length() > 1 && !beginsSentence(text, at);
        return isName ? "name" : null;
    }

    private static boolean beginsSentence(String text, int at) {
        int before = at - 1;
        while (before >= 0
                && (Character.isWhitespace(text.charAt(before)) || "\"'“(*-".indexOf(text.charAt(before)) >= 0)) {
            if (text.charAt(before) == '\n') {
                return true;
            }
            before--;
        }
        return before < 0 || ".!?:。！？：".indexOf(text.charAt(before)) >= 0;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            tokens.add(ReplyText.normalised(token.group()));
        }
        return tokens;
    }
}
