package io.replyloop.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** In {@code personal.txt}, «phone:…» stands around what has to be masked, and as what. */
class PersonalDataTest {
    private static final Set<String> NO_RULES = Set.of(
            "CustomerErasure.java",
            "ErasureLock.java",
            "MaskingOfStoredTexts.java",
            "StoredTexts.java",
            "package-info.java");

    static List<String> personal() throws IOException {
        return lines("personal.txt");
    }

    static List<String> harmless() throws IOException {
        return lines("harmless.txt");
    }

    @ParameterizedTest
    @MethodSource("personal")
    void what_names_a_person_is_masked(String line) {
        String text = line.replaceAll("«\\w+:(.*?)»", "$1");
        String masked = line.replaceAll("«(\\w+):.*?»", "[$1]");

        assertThat(PersonalData.masked(text)).isEqualTo(masked);
        assertThat(PersonalData.masked(masked))
                .as("masking twice changes nothing")
                .isEqualTo(masked);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void what_does_not_is_left_alone(String text) {
        assertThat(PersonalData.masked(text)).isEqualTo(text);
    }

    /** Until Java 18, {@code \\b} took Chinese characters for a part of the word beside them. */
    @Test
    void no_pattern_leaves_the_edge_of_a_word_to_the_version_of_java() throws IOException {
        Pattern edge = Pattern.compile("(?<!\\\\)(?:\\\\{4})*\\\\{2}[bB]");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<String> found = new ArrayList<>();
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Files.readString(source)
                        .lines()
                        .filter(line -> edge.matcher(line).find())
                        .forEach(line -> found.add(source.getFileName() + ": " + line.strip()));
            }
            assertThat(found)
                    .as("write a look-around instead, as NumberLabels does")
                    .isEqualTo(List.of());
        }
    }

    @Test
    void the_tables_are_long_enough_to_mean_something() throws IOException {
        assertThat(personal().size() >= 120 && harmless().size() >= 120).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "> Your phone number, please? / - 91234567 | > Your phone number, please? / - [phone]",
                "> Your order number, please? / - 4155550132 | > Your order number, please? / - 4155550132",
                "- 我的电话 / - 91234567 | - 我的电话 / - [phone]",
            })
    void the_turn_before_says_what_a_bare_number_is(String turns, String masked) {
        assertThat(PersonalData.masked(turns.replace(" / ", "\n"))).isEqualTo(masked.replace(" / ", "\n"));
    }

    /** A burst of messages is one question, a line each. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- 卡号4111 1111 / - 1111 1111 谢谢 | - 卡号[card] / - [card] 谢谢",
                "4111111111 / 111111 | [card] / [card]",
                "> your card? 6222 0212 34 / > 56 7890 128 | > your card? [card] / > [card]",
                "- 我的身份证110101 / - 199003072332 | - 我的身份证[id] / - [id]",
                "- id 44030619920229 / - 018X, thanks | - id [id] / - [id], thanks",
                "3 of 4111-1111- / 1111-1111 | 3 of 4111-1111- / 1111-1111",
                "- 41111111 / - 11111112 | - 41111111 / - 11111112",
                "order 41111111 / 11111111 | order 41111111 / 11111111",
                "- 4111 1111 1111 1111 / - 12 | - [card] / - 12",
                "- 4111 / - 1111 / - 1111 / - 1111 | - 4111 / - 1111 / - 1111 / - 1111",
                "> Your card number? / - 4111, 1111, 1111, 1111 | > Your card number? / - [card]",
                "Sizes 50 52 54 56 / 58 60 62 64 | Sizes 50 52 54 56 / 58 60 62 64",
                "39.90 49.90 59.90 / 69.90 | 39.90 49.90 59.90 / 69.90",
                "- 尺码38 42 44 46 / - 54 58 62 68 | - 尺码38 42 44 46 / - 54 58 62 68",
                "5000.00 / 6600.00 6700.00 | 5000.00 / 6600.00 6700.00",
                "36008.50 / 46008.50 | 36008.50 / 46008.50",
                "40.90 44.90 / - 56.90 64.90 | 40.90 44.90 / - 56.90 64.90",
            })
    void a_number_that_goes_on_in_the_next_line_is_masked(String turns, String masked) {
        String once = PersonalData.masked(turns.replace(" / ", "\n"));
        assertThat(once).isEqualTo(masked.replace(" / ", "\n"));
        assertThat(PersonalData.masked(once))
                .as("masking twice changes nothing")
                .isEqualTo(once);
    }

    @Test
    void a_number_that_goes_on_after_a_carriage_return_is_masked() {
        assertThat(PersonalData.masked("卡号4111 1111\r\n1111 1111\r\n")).isEqualTo("卡号[card]\r\n[card]\r\n");
    }

    /** Whatever stands beside a number, the second look finds nothing that the first has left. */
    @Test
    void masking_twice_changes_nothing_whatever_stands_side_by_side() {
        String[] numbers = {
            "13812345678",
            "138 1234 5678",
            "138·1234·5678",
            "+1 650 253 0000",
            "(415) 555-0132",
            "020 7946 0958",
            "+86 13812345678",
            "0571-88156688",
            "91234567",
            "4155550132",
            "12-345-678",
            "4111111111111111",
            "6222 0212 3456 7890 128",
            "110101199003072332",
            "３１０１０４１９８５０６１２４２１２",
            "①③⑧①②③④⑤⑥⑦⑧",
            "DE89 3704 0044 0532 0130 00",
            "a.b@qq.com",
            "zhang@qq。com",
            "1Z999AA10123456784",
            "2025-11-28",
            "¥100",
            "1299.00元"
        };
        String[] labels = {
            "电话", "订单号", "order ", "tel", "my phone is ", "account number ", "卡号", "ref ", "wx", "call ", "IBAN"
        };
        String[] separators = {" ", "", "-", "/", ", ", "，", "。", " and ", "or", "\n", "\n- ", "·", "_", "\t", ": "};
        String[] letters = {"我", "谢谢", "的号码", "退款", "in", "x"};
        String[][] pieces = {numbers, numbers, separators, separators, labels, letters};
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int left = 2 + random.nextInt(8); left > 0; left--) {
                String[] kind = pieces[random.nextInt(pieces.length)];
                text.append(kind[random.nextInt(kind.length)]);
            }
            String once = PersonalData.masked(text.toString());
            assertThat(PersonalData.masked(once)).as("%s", text.toString()).isEqualTo(once);
        }
    }

    @Test
    void invisible_characters_hide_nothing_and_line_breaks_stay() {
        assertThat(PersonalData.masked("a 138\u200b1234\u200b5678\n\njane\u00ad@example.org\n"))
                .isEqualTo("a [phone]\n\n[email]\n");
        assertThat(PersonalData.masked(null)).isNull();
        assertThat(PersonalData.masked("")).isEqualTo("");
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void hostile_text_takes_little_time() {
        List<String> hostile = List.of(
                "1 ".repeat(2_000),
                "a.".repeat(2_000) + "@",
                "a@" + "a.".repeat(2_000) + "!",
                "AB12" + " ABCD".repeat(800),
                "(".repeat(4_000),
                "4111 ".repeat(800),
                "1.1".repeat(1_300),
                "0171 1234567 ".repeat(300),
                "@".repeat(4_000),
                "DE89".repeat(1_000),
                "1,234".repeat(800),
                "order ".repeat(600) + "4155550132",
                "020 7946 0958 0161 496 0000 ".repeat(150),
                "4111\n".repeat(800),
                "13812345678 or ".repeat(270),
                "1\u0336".repeat(2_000));
        hostile.forEach(PersonalData::masked);
    }

    /** Whatever looks back or ahead without an end takes many minutes with these. */
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void the_steps_of_a_long_text_grow_no_faster_than_its_length() {
        int length = 500_000;
        List<String> hostile = List.of(
                "call 4155550132, ".repeat(length / 17),
                "tel" + ":".repeat(length / 2) + "x 1234567,".repeat(length / 20),
                "4111" + " ".repeat(length) + "1",
                "4111" + "_".repeat(length) + "1",
                "4111 1111 1111\n".repeat(length / 75),
                "1".repeat(length / 5) + "\n" + "1".repeat(length / 5),
                "1" + "\u20e3".repeat(length),
                "DE8".repeat(length / 15),
                "a@b." + "中".repeat(length));
        hostile.forEach(PersonalData::masked);
    }

    @Test
    void beyond_so_many_numbers_each_is_taken_for_a_telephone() {
        String numbers = IntStream.range(100, 600)
                .mapToObj(last -> "12-345-" + last + " and ")
                .collect(Collectors.joining());

        String masked = PersonalData.masked(numbers);

        assertThat(masked.startsWith("12-345-100 and 12-345-101"))
                .as("%s", masked.substring(0, 100))
                .isTrue();
        assertThat(masked.endsWith("[phone] and [phone] and "))
                .as("%s", masked.substring(masked.length() - 100))
                .isTrue();
        assertThat(PersonalData.masked(masked))
                .as("masking twice changes nothing")
                .isEqualTo(masked);
        assertThat(PersonalData.masked(numbers.replace("and", "\n")))
                .as("counted by text")
                .isEqualTo(masked.replace("and", "\n"));
    }

    @Test
    void masking_twice_changes_nothing_where_the_plans_are_asked_often() {
        StringBuilder text = new StringBuilder("12-345-100 and so on and on ");
        for (int i = 0; i < 6; i++) {
            text.append("12-345-1" + (10 + i) + ".(650) 253-0000.12-345-1" + (30 + i) + " and so on and on ");
        }
        String masked = PersonalData.masked(text.toString());

        assertThat(PersonalData.masked(masked)).isEqualTo(masked);
    }

    /** Texts that were stored before are masked again only where the rules have another number. */
    @Test
    void rules_that_have_changed_have_a_new_number() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/replyloop/privacy"))) {
            for (Path source : sources.filter(
                            file -> !NO_RULES.contains(file.getFileName().toString()))
                    .sorted()
                    .toList()) {
                digest.update(Files.readString(source)
                        .replaceAll("(?s)/\\*\\*.*?\\*/|(?m)^ *//[^\n]*|\\s|RULES = \\d+", "")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        Matcher library = Pattern.compile("<(libphonenumber|commons-validator)\\.version>.*?<")
                .matcher(Files.readString(Path.of("pom.xml")));
        while (library.find()) {
            digest.update(library.group().getBytes(StandardCharsets.UTF_8));
        }
        String now = PersonalData.RULES + " " + HexFormat.of().formatHex(digest.digest(), 0, 8);

        List<String> known = lines("rules.txt");
        assertThat(now)
                .as(
                        "%s",
                        "The rules have changed. Where they mask other texts than before, raise PersonalData.RULES and add a line"
                                + " to rules.txt; where they only read better, replace its last line")
                .isEqualTo(known.get(known.size() - 1));
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in = PersonalDataTest.class.getResourceAsStream("/privacy/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
