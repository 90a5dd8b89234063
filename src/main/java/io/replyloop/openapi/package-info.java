/**
 * The OpenAPI description of the REST interface: callers, errors, and conventions of all operations. It contains what
 * applies to the whole interface and does not belong to any endpoint.
 */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Replyloop",
                        version = "1",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0"),
                        description =
                                "The REST interface of a Replyloop server. Sign in with POST /api/session; the answer sets a"
                                        + " cookie that every other call sends back. A call that changes something says"
                                        + " Content-Type: application/json, or X-Replyloop: 1 where it has no JSON body, so"
                                        + " that no other site's form can make it. Fields that have no value are left out."
                                        + " Unknown fields in answers are to be ignored: later versions add some. Messages"
                                        + " travel over the WebSockets of the wire protocol, not over this interface."),
        tags = {
            @Tag(name = "Session", description = "Signing in and out, and making the first admin"),
            @Tag(name = "Conversations", description = "What customers and agents wrote, to read"),
            @Tag(name = "Suggestions", description = "What the model would answer"),
            @Tag(name = "Knowledge base", description = "The team's replies"),
            @Tag(name = "Feedback", description = "What agents did with suggestions"),
            @Tag(name = "Examples", description = "What there is to learn from"),
            @Tag(name = "Training", description = "Runs of fine-tuning and their schedule"),
            @Tag(name = "Models", description = "Versions of the model, and which one serves"),
            @Tag(name = "Sites", description = "Where the widget may be embedded"),
            @Tag(name = "Team", description = "The team's accounts"),
            @Tag(name = "Customers", description = "Customers from whom the team takes no messages"),
            @Tag(name = "Widget", description = "What the customers' widget asks for, without signing in")
        },
        components =
                @Components(
                        schemas = @Schema(name = "Problem", implementation = ProblemDocument.class),
                        securitySchemes =
                                @SecurityScheme(
                                        securitySchemeName = "session",
                                        type = SecuritySchemeType.APIKEY,
                                        in = SecuritySchemeIn.COOKIE,
                                        apiKeyName = "replyloop_session",
                                        description =
                                                "The cookie that signing in sets. Agents may call what names the role agent,"
                                                        + " admins everything.")))
package io.replyloop.openapi;

import io.replyloop.platform.ProblemDocument;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
