package io.replyloop.suggestion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritingTest {
    @ParameterizedTest
    @CsvSource({
        "Where is my parcel?, OTHER",
        "¿Dónde está mi paquete?, OTHER",
        "我的包裹在哪里？, CHINESE",
        "我的iPhone坏了, CHINESE",
        "My name is 王伟 and my order has not arrived, OTHER",
        "12345 😀, NONE"
    })
    void aTextIsChineseWhenAFairShareOfItIs(String text, Writing expected) {
        assertEquals(expected, Writing.of(text));
    }
}
