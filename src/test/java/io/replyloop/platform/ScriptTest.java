package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTest {
    @ParameterizedTest
    @CsvSource({
        "Where is my parcel?, OTHER",
        "¿Dónde está mi paquete?, OTHER",
        "我的包裹在哪里？, CHINESE",
        "我的iPhone坏了, CHINESE",
        "My name is 王伟 and my order has not arrived, OTHER",
        "12345 😀, NONE",
        "Delivery 快递, OTHER",
        "ABC订单, CHINESE",
        "abc 单, CHINESE",
        "abcd 单, OTHER"
    })
    void a_text_is_chinese_when_a_fair_share_of_it_is(String text, Script expected) {
        assertThat(Script.of(text)).isEqualTo(expected);
    }
}
