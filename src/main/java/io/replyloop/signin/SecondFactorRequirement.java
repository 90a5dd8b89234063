package io.replyloop.signin;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.identity.Role;
import java.util.Locale;

/** Who has to sign in with a second step; everybody may. */
public enum SecondFactorRequirement {
    NOBODY,
    ADMINS,
    EVERYBODY;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SecondFactorRequirement of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    boolean includes(Role role) {
        return this == EVERYBODY || (this == ADMINS && role == Role.ADMIN);
    }
}
