package io.replyloop.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathSpellingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/users",
                "/api/users/",
                "/loader.js",
                "/assets/index-B1_x~2.js",
                "/a.b/..c/d..",
                "/api/sites/%E4%BD%A0%20x",
                "/.well-known/security.txt",
                "/@vite/client",
                "/x+y=z,(w)"
            })
    void a_path_in_its_one_spelling_is_plain(String path) {
        assertThat(PathSpelling.isPlain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "api/users",
                "/api;x/users",
                "/api/users;",
                "/api%3Bx/users",
                "/api%3bx/users",
                "//api/users",
                "/api//users",
                "/api/users//",
                "/./api/users",
                "/x/../api/users",
                "/api/users/..",
                "/api/users/.",
                "/%2e%2e/api",
                "/api%2Fusers",
                "/api%5cusers",
                "/api\\users",
                "/%61pi/users",
                "/api/%75sers",
                "/api%253Bx/users",
                "/api/users%00",
                "/api/users\0",
                "/api/users%0d%0a",
                "/api/users%",
                "/api/users%2",
                "/api/users%zz",
                "/api/users/%ff",
                "/api/users/%c3%28",
                "/api/users/%c0%80",
                "/api/users/%ed%a0%80",
                "/api/users/\u00e9"
            })
    void what_could_be_read_as_another_path_is_not(String path) {
        assertThat(PathSpelling.isPlain(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "q=a+b%20c&x", "q=%E4%BD%A0%f0%9f%98%80", "q=%22;/?:@!$'()*,[]|<>{}^`", "a=%25%26%2B%0A%7f"})
    void a_query_in_ascii_and_escaped_utf_8_is_text(String query) {
        assertThat(PathSpelling.isText(query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=%ff",
                "q=%c3%28",
                "q=%c3",
                "q=%E4%BD",
                "q=%80",
                "q=%c0%af",
                "q=%c0%80",
                "q=%e0%80%af",
                "q=%f0%80%80%af",
                "q=%ed%a0%80",
                "q=%ed%a0%bd%ed%b8%80",
                "q=%f4%90%80%80",
                "q=%00",
                "q=\0",
                "q=%",
                "q=%4",
                "q=%zz",
                "q=%+4",
                "q=\u00e9",
                "%ff=1"
            })
    void what_could_only_be_guessed_is_not(String query) {
        assertThat(PathSpelling.isText(query)).isFalse();
    }
}
