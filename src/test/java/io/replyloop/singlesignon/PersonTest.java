package io.replyloop.singlesignon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class PersonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void an_address_is_verified_only_by_whoever_tells_it() {
        assertThat(person("{'sub':'a','email':'','email_verified':true}", "{'sub':'a','email':'x@y.example'}"))
                .returns("x@y.example", Person::email)
                .returns(false, Person::emailVerified);
        assertThat(person("{'sub':'a'}", "{'sub':'a','email':'x@y.example','email_verified':true}"))
                .returns(true, Person::emailVerified);
        assertThat(person("{'sub':'a'}", "{'sub':'b','email':'x@y.example','email_verified':true}"))
                .returns(null, Person::email);
    }

    @Test
    void what_stands_in_parts_of_a_claim_is_no_group() {
        assertThat(person("{'sub':'a','groups':{'wishes':'admins'}}", "{}").groups())
                .isEmpty();
        assertThat(person("{'sub':'a','groups':['one','two']}", "{}").groups()).containsExactly("one", "two");
        assertThat(person("{'sub':'a','groups':'one'}", "{}").groups()).containsExactly("one");
    }

    @Test
    void a_slash_at_the_end_of_an_issuer_makes_no_other() {
        assertThat(person("{'iss':'https://login.example.com/','sub':'a'}", "{}")
                        .issuer())
                .isEqualTo("https://login.example.com");
    }

    private static Person person(String token, String userInfo) {
        try {
            return Person.of(
                    JSON.readTree(token.replace('\'', '"')),
                    JSON.readTree(userInfo.replace('\'', '"')),
                    "groups",
                    "token");
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }
}
