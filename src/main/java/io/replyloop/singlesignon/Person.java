package io.replyloop.singlesignon;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody as their provider describes them.
 *
 * @param issuer as {@link ProviderSettings} names it
 * @param subject never given to anybody else there
 * @param session what the provider calls its session; null where it does not say
 * @param email null where it does not say
 * @param name what the person is called
 * @param groups of which the person is a member there
 */
record Person(
        String issuer,
        String subject,
        String session,
        String email,
        boolean emailVerified,
        String name,
        Set<String> groups,
        String idToken) {
    /**
     * @param token the claims of the ID token, which count before those of the other source
     * @param userInfo what the provider says when it is asked; of the same person, or it does not count
     */
    static Person of(JsonNode token, JsonNode userInfo, String groupsClaim, String idToken) {
        String subject = token.path("sub").asText();
        List<JsonNode> sources =
                userInfo.path("sub").asText().equals(subject) ? List.of(token, userInfo) : List.of(token);
        String email = text(sources, "email");
        return new Person(
                ProviderSettings.tidied(token.path("iss").asText()),
                subject,
                token.path("sid").asText(null),
                email,
                sources.stream()
                        .filter(source -> text(List.of(source), "email") != null)
                        .findFirst()
                        .filter(source -> source.path("email_verified").asBoolean(false))
                        .isPresent(),
                Optional.ofNullable(text(sources, "name"))
                        .or(() -> Optional.ofNullable(text(sources, "preferred_username")))
                        .orElse(email),
                groups(sources, groupsClaim),
                idToken);
    }

    private static String text(List<JsonNode> sources, String claim) {
        return sources.stream()
                .map(source -> source.path(claim).asText("").strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static Set<String> groups(List<JsonNode> sources, String claim) {
        Set<String> groups = new LinkedHashSet<>();
        for (JsonNode source : sources) {
            JsonNode found = source.has(claim) ? source.get(claim) : inside(source, claim);
            if (found.isTextual()) {
                groups.add(found.asText());
            }
            if (found.isArray()) {
                found.forEach(group -> groups.add(group.asText()));
            }
        }
        return groups;
    }

    private static JsonNode inside(JsonNode source, String claim) {
        return Arrays.stream(claim.split("\\.")).reduce(source, JsonNode::path, (one, other) -> other);
    }
}
