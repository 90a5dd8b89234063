package io.replyloop.signin;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.identity.Role;
import java.util.Locale;

/** Who may sign in with a password, where there is another way in. */
public enum PasswordsFor {
    EVERYBODY,
    ADMINS,
    NOBODY;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PasswordsFor of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    boolean includes(Role role) {
        return this == EVERYBODY || (this == ADMINS && role == Role.ADMIN);
    }
}
