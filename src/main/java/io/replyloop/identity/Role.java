package io.replyloop.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;

/** What a team member may do. An admin may do everything that an agent may. */
public enum Role {
    AGENT,
    ADMIN;

    /** Names for {@code @RolesAllowed}, which requires constants. */
    public static final String AGENT_NAME = "agent";

    public static final String ADMIN_NAME = "admin";

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Set<String> grants() {
        return this == ADMIN ? Set.of(AGENT_NAME, ADMIN_NAME) : Set.of(AGENT_NAME);
    }

    public static Role of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
