package io.replyloop.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingGuessTest {
    private static byte[] bytes(String text, String charset) {
        return text.replace("|", "\n").getBytes(Charset.forName(charset));
    }

    /** A team's first file is short: a few letters have to be enough. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " :: ",
            value = {
                "windows-1252 :: title;text|Öffnung;für Sie",
                "windows-1252 :: title,text|Price,It costs 5 € – “really”",
                "windows-1252 :: title,text|Café,déjà vu à la carte, où ça",
                "windows-1252 :: title,text|x,Määrää päivää, hyvää yötä",
                "windows-1252 :: title,text|Cancel,Don’t worry, it’s £5",
                "windows-1252 :: title,text|¿Dónde?,Mañana a las 9",
                "windows-1252 :: title,text|Temp,Up to 30°C and 5 m²",
                "GB18030 :: 问题,答案|营业时间,我们每天九点到六点营业。",
                "GB18030 :: title,text|hours,营业时间",
                "GB18030 :: 问题,答案",
                "GB18030 :: title,text|hours,您好",
                "UTF-8 :: title,text|hours,营业时间",
                "UTF-8 :: title,text|hours,Nine to five",
                "UTF-16LE :: title\ttext|hours\t营业时间",
                "UTF-16BE :: title,text|Öffnung,für Sie"
            })
    void a_few_letters_are_enough(String charset, String text) {
        EncodingGuess guess = EncodingGuess.of(bytes(text, charset));
        assertThat(guess.encoding().wireName()).isEqualTo(charset);
        assertThat(guess.certain()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"})
    void a_mark_decides_and_is_no_part_of_the_text(String charset) {
        byte[] file = bytes("\uFEFFtitle,text|ü,营", charset);
        EncodingGuess guess = EncodingGuess.of(file);
        assertThat(guess.encoding().wireName()).isEqualTo(charset);
        assertThat(DecodedText.of(file, guess.encoding()).text()).isEqualTo("title,text\nü,营");
    }

    @ParameterizedTest
    @CsvSource({
        "Big5, '標題,內容|營業時間,我們每天九點到六點營業。歡迎光臨'",
        "EUC-KR, '제목,내용|영업시간,저희는 매일 아홉시부터 여섯시까지 영업합니다.'",
        "windows-1251, 'Вопрос,Ответ|Часы работы,Мы работаем с девяти до шести.'",
        "Shift_JIS, '質問,答え|営業時間,毎日九時から六時まで営業しています。'",
        "EUC-JP, '質問,答え|営業時間,毎日九時から六時まで営業しています。'",
        "windows-1250, 'Pytanie,Odpowiedź|Zwrot,Możesz zwrócić towar, proszę, dziękujemy'"
    })
    void another_encoding_is_never_taken_for_one_of_ours_without_asking(String charset, String text) {
        assertThat(EncodingGuess.of(bytes(text, charset)).certain()).isFalse();
    }

    @Test
    void a_file_that_was_cut_within_a_character_is_still_utf_8() {
        byte[] whole = bytes("title,text|hours,营业时间", "UTF-8");
        EncodingGuess guess = EncodingGuess.of(Arrays.copyOf(whole, whole.length - 1));
        assertThat(guess.encoding()).isEqualTo(FileEncoding.UTF_8);
        assertThat(DecodedText.of(Arrays.copyOf(whole, whole.length - 1), guess.encoding())
                        .damaged())
                .isTrue();
    }

    @Test
    void lines_of_two_encodings_are_not_read_as_one() {
        byte[] first = bytes("title,text|a,Größe über für|", "UTF-8");
        byte[] second = bytes("b,Größe|", "windows-1252");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertThat(EncodingGuess.of(both).encoding()).isEqualTo(FileEncoding.UTF_8);
        assertThat(DecodedText.of(both, FileEncoding.UTF_8).damaged()).isTrue();
    }

    @Test
    void bytes_that_are_none_are_marked_and_not_replaced() {
        DecodedText text = DecodedText.of("a\u00fcb".getBytes(StandardCharsets.ISO_8859_1), FileEncoding.UTF_8);
        assertThat(text.text()).isEqualTo("a" + DecodedText.DAMAGED + "b");
        assertThat(text.text()).isNotEqualTo("a\uFFFDb");
    }
}
