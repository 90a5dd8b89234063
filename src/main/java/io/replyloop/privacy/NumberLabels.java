package io.replyloop.privacy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words beside a number that say what it is: "order number", 电话. An order's number may have the very form of a
 * telephone number, and then nothing else tells them apart.
 */
final class NumberLabels {
    enum Says {
        /** A word for telephone numbers stands right before it. */
        PHONE_NUMBER,
        /** Telephones are spoken of. */
        PHONE,
        NOTHING,
        /** The line speaks of numbers of other kinds, not right before this one. */
        PERHAPS_OTHER,
        OTHER
    }

    /**
     * Where a Latin word begins and where it ends. Chinese puts no space between it and its neighbours, and what {@code \b}
     * thinks of that depends on the Java: until 18 a Chinese character was part of the word.
     */
    static final String START = "(?<![\\p{IsLatin}0-9_])";

    static final String END = "(?![\\p{IsLatin}0-9_])";

    /** Digits may follow without a space. */
    private static final String NO_LETTER = "(?![\\p{IsLatin}_])";

    private static final String NUMBER =
            "(?:[ -]?(?:numbers?|nos?" + END + "\\.?|nr" + END + "\\.?|ids?" + END + "|codes?" + END + "|nummer))?";
    /** Where a label may begin at all: all words are tried at each such place. */
    private static final String BEGINNING = "(?=(?<![A-Za-z])[A-Za-z]|[#№QI\\u3400-\\u9fff])";

    private static final Pattern LABEL = Pattern.compile(BEGINNING + "(?:(?<phone>(?i:" + START + "(?:tele)?phone"
            + NUMBER
            + "|" + START + "(?:mobile|cell(?:phone)?|handy|fax|whats ?app|telefon|hotline|landline)" + NUMBER
            + NO_LETTER + "|" + START + "(?:(?:tel|mob)" + NO_LETTER + "|ph" + END + ")\\.?|téléphone|handynummer)"
            + "|(?:联系|联络|客服|家庭|移动)?(?:电话|手机|座机|固话|传真|热线|電話|手機)(?:号码|號碼|号|號)?|(?:联系|联络|聯絡)(?:方式|号码|號碼))"
            + "|(?<call>(?i:" + START
            + "(?:call(?:ed|ing)?|ring|dial|text(?:ing)?|sms|contact|reach(?:able)?|my number|number is|call ?back)"
            + END + ")"
            + "|致电|拨打|撥打|打给|打我|打过来|回电|回電|来电|联系|聯絡|短信|号码|號碼)"
            + "|(?<card>(?i:" + START + "(?:credit|debit|bank)? ?card" + NUMBER + END + ")|(?:信用|储蓄|借记|银行)?卡(?:号|號)?)"
            + "|(?<goods>(?i:" + START
            + "(?:orders?|purchase|tracking|parcel|package|shipment|shipping|consignment|delivery|waybill|awb|imei|meid|"
            + "iccid|isbn|issn|ean|upc|gtin|barcode|(?:bestell|sendungs)[\\p{IsLatin}0-9_]*)"
            + NUMBER + "(?![A-Za-z]))"
            + "|(?:订单|訂單|单|單|运单|快递|物流|包裹)(?:编号|編號|编码|号码|號碼|号|號|码)|订单|訂單|运单|快递|条形?码)"
            + "|(?<other>(?i:" + START
            + "(?:invoice|ticket|case|reference|ref|serial|s/n|sn|model|part|sku|item|article|product|batch|lot|account|acct|"
            + "customer|client|member(?:ship)?|contract|policy|coupon|voucher|gift card|promo|code|pin|otp|"
            + "asin|transaction|txn|payment|receipt|rma|return|po|quote|build|version|firmware|id|"
            + "vat|tax|zip|postcode|postal|plz|error|port|confirmation|booking|reservation|flight|pnr|licen[cs]e|"
            + "registration|session|request|trace|timestamp|epoch|hash|commit|coordinates?|lat(?:itude)?|lon(?:gitude)?|"
            + "gps|amount|price|balance|quantity|qty|points|rechnungs?[\\p{IsLatin}0-9_]*|kundennummer)"
            + NUMBER + "(?![A-Za-z]))|#|№|(?i:" + START + "nos?\\.)"
            + "|(?:发票|發票|序列|串|型|货|款|工单|流水|交易|会员|會員|合同|税|邮政|批|账|帐|賬|账户|户|客户|房间|座位|航班)"
            + "(?:编号|編號|编码|号码|號碼|号|號|码)"
            + "|编号|編號|编码|邮编|验证码|校验码|优惠[码券]|券码|兑换码|提货码|取件码|激活码|密码|版本|固件|"
            + "错误码|错误代码|代码|批次|账号|帐号|賬號|户号|坐标|经度|纬度|金额|价格|总价|共计|余额|积分|尺寸|数量|(?:QQ|ID)号?))");
    private static final Pattern FILLER = Pattern.compile("(?i)[\\s:#=.|()\\[\\]\"'“”„*>/-]*"
            + "(?:(?:numbers?|no|nr|num|code|id|is|was|are|the|on|at|me|us|to|under|of|via|by|my|please|nummer|ist|lautet|"
            + "是|为|為|号码|号|也是|我的|我|请|請|的|码)[\\s:#=.|()\\[\\]\"'“”„*>/-]*){0,12}");
    private static final Pattern SENTENCE_END =
            Pattern.compile("[!?;。！？；…]|(?<!" + START + "(?i:no|nr|tel|mob|ph))\\.\\s");
    private static final Pattern CLAUSE_END =
            Pattern.compile("[,，、]|" + START + "(?i:and|or|und|but)" + END + "|和|及|或");
    private static final Pattern NUMBER_BETWEEN = Pattern.compile("[0-9](?:[ -]?[0-9]){3}");
    private static final Pattern SAID_AFTER = Pattern.compile(
            "(?i)[\\s,，]*(?:(?:is|was|ist)\\s+)?(?:(?:my|his|her|our|the|a|mein)\\s+)?(?:new |old |work |home )?\\(?"
                    + "(?:phone|mobile|cell|number" + END + "|telephone|whatsapp|tel" + END + "|handy)"
                    + "|[\\s,，(]*(?:是|为)?(?:我|他|她|本人|公司)?的?(?:新)?(?:手机|电话|联系|微信同号|電話|手機)");
    /** Words that stand right before the numbers of cards, too. */
    private static final Pattern CARD_OF = Pattern.compile("(?i)" + START
            + "(?:visa|master ?card|maestro|amex|american express|diners(?: club)?|discover|jcb|union ?pay|accounts?|acct)"
            + END + "|银联|[账帐賬][号號户戶]");

    private static final int NEAR = 40;
    private static final int BESIDE_IT = 12;
    /** Nobody puts more between a word and its number; without an end, each number would be read to the next. */
    private static final int LONGEST_FILLER = 120;

    private enum Kind {
        PHONE,
        CALL,
        CARD,
        /** Orders, parcels, devices, books: some of their numbers have the form and the check digit of a card. */
        GOODS,
        OTHER;

        /** The group of {@link #LABEL} that has its words. */
        String group() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String line;
    private final NavigableMap<Integer, Kind> byEnd;
    private final Kind before;

    private NumberLabels(String line, NavigableMap<Integer, Kind> byEnd, Kind before) {
        this.line = line;
        this.byEnd = byEnd;
        this.before = before;
    }

    /** @param lineBefore what was said before it: the answer to "Your number, please?" may be nothing but digits */
    static NumberLabels of(String line, String lineBefore) {
        Map.Entry<Integer, Kind> earlier = labels(lineBefore).lastEntry();
        return new NumberLabels(line, labels(line), earlier == null ? null : earlier.getValue());
    }

    private static NavigableMap<Integer, Kind> labels(String line) {
        NavigableMap<Integer, Kind> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(line);
        while (label.find()) {
            boolean ourMask = label.start() > 0
                    && line.charAt(label.start() - 1) == '['
                    && label.end() < line.length()
                    && line.charAt(label.end()) == ']';
            if (!ourMask) {
                labels.put(label.end(), kind(label));
            }
        }
        return labels;
    }

    private static Kind kind(Matcher label) {
        for (Kind kind : Kind.values()) {
            if (label.group(kind.group()) != null) {
                return kind;
            }
        }
        throw new IllegalStateException("A label of no kind: " + label.group());
    }

    /** Whether the word right before a number says that it is no card's; accounts and payments may well be told by one. */
    boolean namesGoods(int start) {
        Map.Entry<Integer, Kind> nearest = byEnd.floorEntry(start);
        return nearest != null && nearest.getValue() == Kind.GOODS && isFiller(nearest.getKey(), start);
    }

    /** Whether a card or an account is spoken of where a number begins. */
    boolean namesCard(int start) {
        Map.Entry<Integer, Kind> nearest = byEnd.floorEntry(start);
        Map.Entry<Integer, Kind> next = byEnd.higherEntry(start);
        boolean named;
        if (nearest != null) {
            named = nearest.getValue() == Kind.CARD
                    && start - nearest.getKey() <= NEAR
                    && !SENTENCE_END
                            .matcher(line.substring(nearest.getKey(), start))
                            .find();
        } else if (next != null) {
            named = next.getValue() == Kind.CARD && next.getKey() - start <= LONGEST_FILLER;
        } else {
            named = before == Kind.CARD;
        }
        Matcher other = CARD_OF.matcher(line).region(Math.max(0, start - NEAR), start);
        while (!named && other.find()) {
            named = isFiller(other.end(), start);
        }
        return named;
    }

    Says about(int start, int end) {
        Matcher after = SAID_AFTER.matcher(line).region(end, Math.min(line.length(), end + LONGEST_FILLER));
        if (after.lookingAt()) {
            return Says.PHONE;
        }
        Map.Entry<Integer, Kind> nearest = byEnd.floorEntry(start);
        if (nearest == null) {
            boolean alone = start + line.length() - end <= BESIDE_IT;
            return before == null || !alone ? Says.NOTHING : said(before, true);
        }
        int labelEnd = nearest.getKey();
        Kind kind = nearest.getValue();
        if (isFiller(labelEnd, start)) {
            return said(kind, true);
        }
        String gap = line.substring(labelEnd, Math.min(start, labelEnd + NEAR));
        boolean sameSentence =
                labelEnd + gap.length() == start && !SENTENCE_END.matcher(gap).find();
        if (kind == Kind.PHONE || kind == Kind.CALL) {
            return sameSentence ? Says.PHONE : Says.NOTHING;
        }
        boolean sameClause = sameSentence
                && !CLAUSE_END.matcher(gap).find()
                && !NUMBER_BETWEEN.matcher(gap).find();
        return sameClause ? Says.OTHER : Says.PERHAPS_OTHER;
    }

    /** Where the numbers begin that a word for telephone numbers stands right before. */
    List<Integer> afterPhoneLabels() {
        return byEnd.entrySet().stream()
                .filter(label -> label.getValue() == Kind.PHONE)
                .map(Map.Entry::getKey)
                .toList();
    }

    int skipFiller(int from) {
        Matcher filler = FILLER.matcher(line).region(from, line.length());
        return filler.lookingAt() ? filler.end() : from;
    }

    private static Says said(Kind kind, boolean directly) {
        return switch (kind) {
            case PHONE -> directly ? Says.PHONE_NUMBER : Says.PHONE;
            case CALL -> Says.PHONE;
            case CARD, GOODS, OTHER -> Says.OTHER;
        };
    }

    private boolean isFiller(int from, int to) {
        return to - from <= LONGEST_FILLER
                && FILLER.matcher(line).region(from, to).matches();
    }
}
