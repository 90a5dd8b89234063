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
                "/api/users%zz"
            })
    void what_could_be_read_as_another_path_is_not(String path) {
        assertThat(PathSpelling.isPlain(path)).isFalse();
    }
}
