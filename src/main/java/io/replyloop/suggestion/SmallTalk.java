package io.replyloop.suggestion;

import io.replyloop.knowledge.ReplyText;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Thanks, greetings and goodbyes: what a text is that consists of nothing else, in English and Chinese. Nobody needs a
 * suggestion for them but a team that has replies of that kind, and any reply is near to them by accident.
 */
public enum SmallTalk {
    THANKS(
            "thanks? thankyou thanx thx ty tysm cheers ta appreciated? appreciate grateful gratitude much.obliged",
            "谢谢 多谢 感谢 谢 辛苦 謝謝 多謝 感謝 謝 蟹蟹",
            "welcome|my pleasure|glad|happy to (help|assist)|anything else|no problem|any time|"
                    + "不客气|不用谢|应该的|很高兴|还有.{0,6}(帮|需要)|别的"),
    GREETING(
            "hi hello hey hiya heya howdy hallo greetings hullo yo good.morning good.afternoon good.evening good.day"
                    + " ^morning$ ^morning.all$ ^afternoon$ ^evening$ whats.up",
            "你好 您好 大家好 哈喽 哈啰 哈囉 嗨 喂 早上好 上午好 中午好 下午好 晚上好 早安 午安 在吗 在嗎 在么 在不在 有人吗 有人嗎",
            "^\\W*(hi|hello|hey|welcome|greetings|good (morning|afternoon|evening|day))(?!\\p{L})|how (can|may) (i|we) help|"
                    + "^\\W*(您好|你好|欢迎)|为您服务|可以帮您|能帮您"),
    GOODBYE(
            "bye byebye goodbye good.bye farewell cheerio ciao see.you see.ya take.care good.night have.a have.an talk.soon"
                    + " talk.later ttyl cya so.long",
            "再见 再見 拜拜 拜 掰掰 回见 回头见 下次见 下次再 下次聊 回聊 改天聊 改天再 晚安 生活愉快 工作顺利 先这样 就这样 先走 先下 先忙",
            "bye|see you|take care|have a (nice|good|great|lovely|wonderful)|thank you for (getting|contacting|your)|"
                    + "再见|愉快|祝您|感谢您的(咨询|来信|联系)");

    /** What stands beside such words and adds no question. */
    private static final Set<String> FILLING = Set.copyOf(
            Arrays.asList(("a about advice afternoon again agent all alright also always amazing and anybody anyone"
                            + " are assistance assisting awesome be been being best brilliant but clear clearing clears cool day dear"
                            + " definitely did do does doing done else enough evening ever everybody everyone everything excellent"
                            + " extremely fantastic fast feedback fine folks for from fully good got great guys ha haha happy has have"
                            + " help helped helpful helping her here him how i im incredible indeed info information is it its"
                            + " ive just kind kindly kindness kudos later lot lots lovely ma maam madam man many mate me mean meet message"
                            + " million more morning much my name need needed needs nice night no nothing now of oh ok okay on one out patience"
                            + " patient perfect pleased pleasure prompt quick quickly r rate re really regards reply"
                            + " response rest right s saved sir so solved somebody someone sorted sorry soon splendid super superb support sure swift t"
                            + " talk taking team terrific thank thats the then there this thoroughly time to today tomorrow too"
                            + " totally tremendously truly u understand understood up ur very was way we week weekend welcome well were what"
                            + " wishes with wonderful works would wow yeah yep yes you your yours youre youve yup explaining"
                            + " explanation looking into answer answering that just wanted want say to saying")
                    .split(" ")));

    private static final List<String> CHINESE_FILLING = longestFirst("好的 好 嗯 哦 噢 知道了 明白了 明白 了解 收到 没有了 没有 没事了 没事 没问题"
            + " 问题解决了 解决了 这样 没别的 没有别的 没什么 没啥 没其他 别的 其他 事情 事 聊 见 就 那 先 祝 您 你 们 的 了 啊 呀 啦 哈 呢 吧 帮助 帮忙 帮了 帮 大忙 我 太 真的 真 很 非常 十分"
            + " 万分 耐心 解答 回复 客服 亲 小姐姐 小哥 一天 周末 愉快 开心 生活 工作 顺利 麻烦 费心 给 这么 快 棒 有 用 对 是 可以 行 早 哟 哇 哈哈 一下"
            + " 老师 服务 态度 满意 支持 今天 明天");

    private static final int LONGEST_REPLY = 240;
    private static final Pattern MASKED = Pattern.compile("\\[(email|iban|id|card|phone)]");
    private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}]+");
    private static final Pattern AROUND_DIGITS = Pattern.compile("[\\s\\p{P}~]+");

    private final List<Pattern> keys;
    private final List<String> chineseKeys;
    private final Pattern replies;

    SmallTalk(String keys, String chineseKeys, String replies) {
        this.keys = Stream.of(keys.split(" "))
                .map(key -> Pattern.compile("(?<!\\p{L})" + key.replace('.', ' ') + "(?!\\p{L})"))
                .toList();
        this.chineseKeys = longestFirst(chineseKeys);
        this.replies = Pattern.compile(replies);
    }

    private static List<String> longestFirst(String words) {
        return Stream.of(words.split(" "))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Words that are spelt with digits: "3Q" sounds like "thank you", and "88" like "bye bye". */
    private static SmallTalk inDigits(String said) {
        return switch (AROUND_DIGITS.matcher(said).replaceAll("")) {
            case "3q", "3ks", "thx3q" -> THANKS;
            case "88", "886", "8866", "拜88" -> GOODBYE;
            default -> null;
        };
    }

    /** What a customer's burst is; empty when it says, or asks, anything else. */
    static Set<SmallTalk> of(String question) {
        Set<SmallTalk> kinds = EnumSet.noneOf(SmallTalk.class);
        String said = said(question);
        SmallTalk inDigits = inDigits(said);
        if (inDigits != null) {
            return EnumSet.of(inDigits);
        }
        String words = NOT_LETTERS.matcher(said).replaceAll(" ").strip();
        String left = words;
        for (SmallTalk kind : values()) {
            for (Pattern key : kind.keys) {
                if (key.matcher(words).find()) {
                    kinds.add(kind);
                    left = key.matcher(left).replaceAll(" ");
                }
            }
            for (String key : kind.chineseKeys) {
                if (words.contains(key)) {
                    kinds.add(kind);
                    left = left.replace(key, " ");
                }
            }
        }
        boolean nothingElse = isFilling(left);
        boolean asks = said.contains("?") && !kinds.equals(EnumSet.of(GREETING));
        return nothingElse && !asks ? kinds : EnumSet.noneOf(SmallTalk.class);
    }

    /** Whether a text asks nothing: thanks and the like, words that stand beside them, and numbers. */
    public static boolean isNothingElse(String text) {
        String said = said(MASKED.matcher(text).replaceAll(" "));
        String words = NOT_LETTERS.matcher(said).replaceAll(" ");
        return words.isBlank() || !of(text).isEmpty() || !said.contains("?") && isFilling(words);
    }

    private static String said(String text) {
        return ReplyText.normalised(text).replace("'", "").replace("\u2019", "");
    }

    private static boolean isFilling(String words) {
        String left = words;
        for (String word : CHINESE_FILLING) {
            left = left.replace(word, " ");
        }
        return Stream.of(left.split(" ")).allMatch(word -> word.isEmpty() || FILLING.contains(word));
    }

    /** Whether a reply is one to this kind, by its title or text; longer ones say something else, too. */
    boolean isAnsweredBy(String title, String text) {
        return text.length() <= LONGEST_REPLY
                && Stream.of(title, text)
                        .anyMatch(words ->
                                replies.matcher(ReplyText.normalised(words)).find());
    }
}
