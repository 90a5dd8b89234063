package io.replyloop.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    @ParameterizedTest
    @CsvSource({
        "photo.png, photo.png",
        "Photo.PNG, Photo.png",
        "发票 2026.png, 发票 2026.png",
        "../../etc/passwd, passwd.png",
        "C:\\Users\\anna\\photo.png, photo.png",
        "photo.png.exe, photo.png.exe.png",
        "photo.html, photo.html.png",
        "photo.png;.html, photo.png;.html.png",
        "CON.png, _CON.png",
        "a<b>|c?.png, a_b__c_.png",
        ".png, png.png",
        "..., file.png",
        "'', file.png"
    })
    void a_name_is_cleaned_and_ends_as_its_contents_do(String given, String cleaned) {
        assertThat(FileName.of(given, FileKind.PNG)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photo\r\nSet-Cookie: a=b.png",
                "photo\u202Egnp.exe",
                "pho\u0000to.png",
                "\uD800photo.png",
                "photo\u200B\u2066.png",
                "photo\u2028.png"
            })
    void nothing_invisible_is_left(String given) {
        assertThat(FileName.of(given, FileKind.PNG))
                .endsWith(".png")
                .matches(name -> name.codePoints()
                        .noneMatch(point -> Character.isISOControl(point)
                                || Character.getType(point) == Character.FORMAT
                                || Character.getType(point) == Character.LINE_SEPARATOR
                                || Character.getType(point) == Character.SURROGATE));
    }

    @Test
    void a_long_name_is_shortened_and_keeps_its_extension() {
        assertThat(FileName.of("é😀".repeat(5_000) + ".jpeg", FileKind.JPEG))
                .hasSizeLessThan(200)
                .endsWith(".jpg");
        assertThat(FileName.of("a".repeat(150) + ".jpeg", FileKind.JPEG))
                .hasSize(105)
                .endsWith(".jpeg");
    }

    @Test
    void a_missing_name_is_replaced() {
        assertThat(FileName.of(null, FileKind.PDF)).isEqualTo("file.pdf");
    }

    @Test
    void text_keeps_the_extension_by_which_people_know_it() {
        assertThat(FileName.of("orders.csv", FileKind.TEXT)).isEqualTo("orders.csv");
        assertThat(FileName.of("page.html", FileKind.TEXT)).isEqualTo("page.html.txt");
    }
}
