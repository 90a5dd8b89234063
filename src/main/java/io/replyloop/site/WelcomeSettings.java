package io.replyloop.site;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What customers see of a site's team before they write. */
@Schema(name = "SiteWelcome")
public record WelcomeSettings(
        @Schema(
                description = "How the chat shows who of the team is online: first-names, initials or nobody",
                examples = NOBODY,
                required = true)
        @NotNull(message = IS_A_WAY)
        @Pattern(regexp = FIRST_NAMES + "|" + INITIALS + "|" + NOBODY, message = IS_A_WAY)
        String team,

        @Schema(description = "Whether frequent questions are offered", examples = "true", required = true)
        boolean questions) {
    static final String FIRST_NAMES = "first-names";
    static final String INITIALS = "initials";
    static final String NOBODY = "nobody";

    /** Until an admin chooses: names of the team are nothing that a website tells by itself. */
    static final WelcomeSettings USUAL = new WelcomeSettings(NOBODY, true);

    private static final String IS_A_WAY = "is first-names, initials or nobody";

    /** For the audit log: all that can be changed. */
    Map<String, Object> audited() {
        return Map.of("welcomeTeam", team, "welcomeQuestions", questions);
    }
}
