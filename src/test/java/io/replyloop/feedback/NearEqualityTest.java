package io.replyloop.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearEqualityTest {
    private static final String RETURNS =
            "You can return shoes within 30 days of delivery, free of charge, if you have not"
                    + " worn them outside, and we refund the price to your card.";
    private static final String CHINESE = "您可以在收到商品后三十天内免费退货，退款会原路退回您的银行卡，一般需要五个工作日。";

    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "you can return shoes within 30 days of delivery  free of charge if you have not worn them outside"
                        + " and we refund the price to your card",
                "Hi Anna, you can return shoes within 30 days of delivery, free of charge, if you haven't worn them"
                        + " outside, and we refund the price to your card. Best regards, Tom",
                "Hello there!\n"
                        + "You can return the shoes within 30 days of delivery, free of charge, if you have not worn them"
                        + " outside, and we refund the price to your card.\n\n"
                        + "Have a nice day\n"
                        + "Anna Maria",
                "You can retrun shoes within 30 days of delivery, free of charge, if you have not worn them outside,"
                        + " and we refund the pricee to your card, please.",
                "You can return your shoes within 30 days of delivery, free of charge, if you have not worn them"
                        + " outside, and we refund the price to your card.",
            })
    void says_the_same(String text) {
        assertThat(NearEquality.holds(text, RETURNS)).isTrue();
        assertThat(NearEquality.holds(RETURNS, text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You can return shoes within 14 days of delivery, free of charge, if you have not worn them outside,"
                        + " and we refund the price to your card.",
                "You can return shoes within thirty days of delivery, free of charge, if you have not worn them"
                        + " outside, and we refund the price to your card.",
                "You can return shoes within 30 days of delivery, free of charge, if you have worn them outside, and we"
                        + " refund the price to your card.",
                "You cannot return shoes within 30 days of delivery, free of charge, if you have not worn them"
                        + " outside, and we refund the price to your card.",
                "You can return bags within 30 days of delivery, free of charge, if you have not worn them outside,"
                        + " and we refund the price to your card.",
                "You can return shoes within 30 weeks of delivery, free of charge, if you have not worn them outside,"
                        + " and we refund the price to your card.",
                "You can return shoes within 30 days of delivery.",
                "Hello! We are closed. You can return shoes within 30 days of delivery, free of charge, if you have"
                        + " not worn them outside, and we refund the price to your card.",
                "You can return shoes within 30 days of delivery, free of charge, if you have not worn them outside,"
                        + " and we refund the price to your card. But that has ended.",
            })
    void says_something_else(String text) {
        assertThat(NearEquality.holds(text, RETURNS)).isFalse();
        assertThat(NearEquality.holds(RETURNS, text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Delivery costs 5 €. | Delivery costs 5 $. | false",
                "Delivery costs 5 €. | delivery costs 5 € | true",
                "We ship on Monday. | We ship on Sunday. | false",
                "Shipping takes about a week. | Shopping takes about a week. | false",
                "We don't deliver abroad. | We do not deliver abroad. | true",
                "We can't deliver abroad. | We cannot deliver abroad. | true",
                "We do deliver abroad. | We do not deliver abroad. | false",
                "Send us an e-mail with the number. | send us an email with number | true",
                "Hello! | Goodbye! | false",
                "Hello! | hello | true",
                "??? | !!! | false",
            })
    void of_short_ones(String one, String other, boolean same) {
        assertThat(NearEquality.holds(one, other)).isEqualTo(same);
    }

    @Test
    void chinese_texts_are_compared_by_their_characters() {
        assertThat(NearEquality.holds("您好！" + CHINESE.replace("您", "你") + "谢谢您", CHINESE))
                .isTrue();
        assertThat(NearEquality.holds(CHINESE.replace("一般", "一般来说"), CHINESE)).isTrue();
        assertThat(NearEquality.holds(CHINESE.replace("三十", "十四"), CHINESE)).isFalse();
        assertThat(NearEquality.holds(CHINESE.replace("可以", "不可以"), CHINESE)).isFalse();
        assertThat(NearEquality.holds(CHINESE.replace("免费", ""), CHINESE)).isFalse();
        assertThat(NearEquality.holds(CHINESE.replace("退货", "换货"), CHINESE)).isFalse();
        assertThat(NearEquality.holds(CHINESE.replace("五个工作日", "五日"), CHINESE)).isFalse();
        assertThat(NearEquality.holds(CHINESE.replace("需要", "最多需要"), CHINESE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sie können die Schuhe innerhalb von 30 Tagen nach der Lieferung kostenlos an uns zurück senden, wenn"
                        + " sie nicht im Freien getragen wurden. | nicht",
                "Vous pouvez nous renvoyer les chaussures dans les 30 jours, si vous ne les avez pas portées dehors,"
                        + " et nous vous remboursons. | pas",
                "No puede devolver los zapatos en los 30 días siguientes a la entrega si ya los ha llevado fuera de"
                        + " casa ni cambiarlos. | ya",
                "U kunt de schoenen binnen 30 dagen na de levering gratis aan ons terugsturen als u ze niet buiten hebt"
                        + " gedragen. | niet",
            })
    void in_other_languages_no_word_may_be_missing_since_it_could_be_a_negation(String text, String negation) {
        assertThat(NearEquality.holds(text.toLowerCase(Locale.ROOT) + "!", text))
                .isTrue();
        assertThat(NearEquality.holds(text.replace(" " + negation + " ", " "), text))
                .isFalse();
        assertThat(NearEquality.holds(text, text.replace(" " + negation + " ", " ")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"business", "working", "at least", "at most", "more than"})
    void what_makes_a_time_longer_or_shorter_is_never_overlooked(String words) {
        String days = RETURNS.replace("within 30", "within 30 " + words);
        assertThat(NearEquality.holds(days, RETURNS)).isFalse();
        assertThat(NearEquality.holds(RETURNS, days)).isFalse();
    }

    @Test
    void every_text_equals_itself_and_the_order_of_two_does_not_matter() {
        for (int i = 0; i < 300; i++) {
            String one = sentence(1 + random.nextInt(30));
            String other = random.nextBoolean() ? sentence(1 + random.nextInt(30)) : typedBadly(one);
            assertThat(NearEquality.holds(one, one)).as(one).isTrue();
            assertThat(NearEquality.holds(one, other))
                    .as(one + " | " + other)
                    .isEqualTo(NearEquality.holds(other, one));
        }
    }

    @Test
    void a_greeting_before_and_a_name_behind_change_nothing() {
        for (int i = 0; i < 200; i++) {
            String text = sentence(4 + random.nextInt(30));
            assertThat(NearEquality.holds("Hi Ben,\n" + text + "\nKind regards\nAnna Lee", text))
                    .as(text)
                    .isTrue();
        }
    }

    @Test
    void a_number_another_number_a_negation_or_another_word_is_never_overlooked() {
        for (int i = 0; i < 500; i++) {
            List<String> words = words(3 + random.nextInt(40));
            int at = random.nextInt(words.size());
            List<String> changed = new ArrayList<>(words);
            switch (random.nextInt(4)) {
                case 0 -> changed.add(at, Integer.toString(random.nextInt(100)));
                case 1 -> {
                    words.set(at, "17");
                    changed.set(at, "71");
                }
                case 2 ->
                    changed.add(
                            at,
                            List.of("not", "never", "without", "except", "不").get(random.nextInt(5)));
                default -> changed.set(at, "zebra");
            }
            assertThat(NearEquality.holds(String.join(" ", changed), String.join(" ", words)))
                    .as(changed + " " + words)
                    .isFalse();
        }
    }

    @Test
    void a_slip_of_the_keyboard_in_a_long_word_is_forgiven() {
        for (int i = 0; i < 300; i++) {
            String text = sentence(6 + random.nextInt(30));
            assertThat(NearEquality.holds(typedBadly(text), text))
                    .as(typedBadly(text))
                    .isTrue();
        }
    }

    @Test
    void texts_of_any_length_and_kind_are_compared_without_an_error() {
        for (int i = 0; i < 200; i++) {
            String one = noise(random.nextInt(200));
            String other = noise(random.nextInt(200));
            assertThat(NearEquality.holds(one, other)).isEqualTo(NearEquality.holds(other, one));
        }
        String long1 = sentence(2_000);
        assertThat(NearEquality.holds(long1, long1 + " and more"))
                .as("too long to compare")
                .isFalse();
    }

    private List<String> words(int number) {
        String[] known =
                ("delivery takes place tomorrow morning parcel carrier arrives address warehouse customer service"
                                + " invoice payment account password update colour garden kitchen lamp table wooden brown")
                        .split(" ");
        List<String> words = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            words.add(known[random.nextInt(known.length)]);
        }
        return words;
    }

    private String sentence(int number) {
        return String.join(" ", words(number)) + ".";
    }

    /** Two letters of one long word exchanged, but not its first. */
    private static String typedBadly(String text) {
        String[] words = text.split(" ");
        for (int i = 0; i < words.length; i++) {
            if (words[i].length() >= 8) {
                char[] letters = words[i].toCharArray();
                char third = letters[2];
                letters[2] = letters[3];
                letters[3] = third;
                words[i] = new String(letters);
                break;
            }
        }
        return String.join(" ", Arrays.asList(words));
    }

    private String noise(int length) {
        StringBuilder text = new StringBuilder();
        String alphabet = "aB'’-é 1९5%€$不三，。\n\t?!.,:/Hi\uD83D\uDE00";
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
