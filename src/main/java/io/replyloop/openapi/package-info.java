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
                                "The REST interface of a Replyloop server. Sign in with POST /api/session; the response"
                                        + " sets a cookie that every other call sends back. A call that makes a change"
                                        + " needs Content-Type: application/json, or X-Replyloop: 1 if it has no JSON"
                                        + " body, so that no other site's form can make it. Fields without a value are"
                                        + " omitted. Ignore unknown fields in responses: later versions add some."
                                        + " Messages are sent over the WebSockets of the wire protocol, not over this"
                                        + " interface."),
        tags = {
            @Tag(name = "Session", description = "Signing in and out, and creating the first admin"),
            @Tag(name = "Conversations", description = "Reading what customers and agents wrote"),
            @Tag(name = "Suggestions", description = "The model's suggestions"),
            @Tag(name = "Knowledge base", description = "The team's replies"),
            @Tag(name = "Feedback", description = "What agents did with suggestions"),
            @Tag(name = "Examples", description = "Training examples"),
            @Tag(name = "Training", description = "Fine-tuning runs and their schedule"),
            @Tag(name = "Models", description = "Model versions, and which one serves"),
            @Tag(name = "Sites", description = "Where the widget may be embedded"),
            @Tag(name = "Team", description = "The team's accounts"),
            @Tag(name = "Customers", description = "Blocked customers"),
            @Tag(name = "Widget", description = "Requests by the customers' widget, without signing in")
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
                                                "The cookie set by signing in. Agents may call operations with the role"
                                                        + " agent, admins everything.")))
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
