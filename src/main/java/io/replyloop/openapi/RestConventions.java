package io.replyloop.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.replyloop.platform.Page;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Completes each operation by convention: descriptions of common parameters, and the errors that it can return. These
 * follow from its method, its path, its body and its callers, so they are not repeated, and cannot drift apart, at
 * fifty endpoints. An endpoint documents only its specific errors, such as 409.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class RestConventions implements OASFilter {
    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final String MEDIA_TYPE = "application/problem+json";

    private static final String TOKEN = "token";
    private static final Set<String> ROLES = Set.of("agent", "admin", "customer");

    private static final Map<String, String> USUAL_PARAMETERS = Map.of(
            "id", "Its id",
            "customer", "Id of the customer",
            "cursor", "`next` of the previous page; absent for the first page",
            "limit", "Maximum number of results; the default is 50");

    /** Status, code and example text of the errors that many operations share. */
    private enum Shared {
        INVALID("400", "invalid", "A field, a parameter or the body is invalid", "name: give a name"),
        SIGNED_OUT("401", "signed-out", "Nobody is signed in, or the session has ended", "Sign in first."),
        NOT_ALLOWED(
                "403",
                "not-allowed",
                "The role or the token's scopes do not allow it, or the request comes from another site's page",
                "Your role does not allow this."),
        NOT_FOUND("404", "not-found", "The resource in the path does not exist", "There is no such reply."),
        TOO_SLOW(
                "408",
                "too-slow",
                "The body was not received in time",
                "The body did not come within 20 s. Send it again."),
        TOO_LARGE("413", "too-large", "The body exceeds the size limit", "The body has more than 64 KiB."),
        UNSUPPORTED(
                "415",
                "unsupported-media-type",
                "The media type of the body is not supported",
                "Send application/json."),
        RATE_LIMITED(
                "429",
                "rate-limited",
                "Too many requests; Retry-After says how many seconds to wait",
                "Too many requests from this address. Wait a moment and try again."),
        INTERNAL(
                "500",
                "internal",
                "A server error; the reference is in the server's log",
                "Something went wrong on our side. The reference is in the server's log."),
        UNAVAILABLE(
                "503",
                "unavailable",
                "The database cannot be reached or written to; retry later",
                "The database cannot be reached. Try again in a moment.");

        private final String status;
        private final String code;
        private final String description;
        private final String detail;

        Shared(String status, String code, String description, String detail) {
            this.status = status;
            this.code = code;
            this.description = description;
            this.detail = detail;
        }

        String component() {
            return "Error" + status;
        }

        APIResponse response() {
            Map<String, Object> example = new TreeMap<>(Map.of(
                    "type",
                    "about:blank",
                    "title",
                    Character.toUpperCase(code.charAt(0)) + code.substring(1).replace('-', ' '),
                    "status",
                    Integer.valueOf(status),
                    "code",
                    code,
                    "detail",
                    detail));
            return OASFactory.createAPIResponse().description(description).content(problem(example));
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description(
                                        "The token of a program, which an admin makes; what it may do are its scopes"));
        for (Shared error : Shared.values()) {
            document.getComponents().addResponse(error.component(), error.response());
        }
        document.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((method, operation) -> complete(path, method, operation)));
    }

    /** Who signs in has a role; what begins like none of them is a scope, which a program's token has. */
    private static void divide(Operation operation) {
        if (operation.getSecurity() == null) {
            return;
        }
        List<SecurityRequirement> divided = new ArrayList<>();
        for (SecurityRequirement requirement : operation.getSecurity()) {
            requirement.getSchemes().forEach((scheme, names) -> {
                List<String> scopes =
                        names.stream().filter(name -> !ROLES.contains(name)).toList();
                List<String> roles = names.stream().filter(ROLES::contains).toList();
                if (scopes.isEmpty() || !roles.isEmpty()) {
                    divided.add(OASFactory.createSecurityRequirement().addScheme(scheme, roles));
                }
                if (!scopes.isEmpty()) {
                    divided.add(OASFactory.createSecurityRequirement().addScheme(TOKEN, scopes));
                }
            });
        }
        operation.setSecurity(divided);
    }

    private static void describe(Operation operation) {
        if (operation.getParameters() == null) {
            return;
        }
        // The cookie is declared among the security schemes.
        operation.setParameters(operation.getParameters().stream()
                .filter(parameter -> parameter.getIn() != Parameter.In.COOKIE)
                .toList());
        for (Parameter parameter : operation.getParameters()) {
            if (parameter.getDescription() == null) {
                parameter.setDescription(USUAL_PARAMETERS.get(parameter.getName()));
            }
            // The constraints that @PageLimit is composed of are not scanned.
            if (parameter.getName().equals("limit")) {
                parameter.getSchema().minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(Page.LARGEST_LIMIT));
            }
        }
    }

    private static void complete(String path, HttpMethod method, Operation operation) {
        describe(operation);
        divide(operation);
        boolean safe = method == HttpMethod.GET || method == HttpMethod.HEAD;
        boolean body = operation.getRequestBody() != null;
        boolean parameters =
                operation.getParameters() != null && !operation.getParameters().isEmpty();
        boolean signedIn =
                operation.getSecurity() != null && !operation.getSecurity().isEmpty();
        if (body || parameters) {
            share(operation, Shared.INVALID);
        }
        if (signedIn) {
            share(operation, Shared.SIGNED_OUT);
        }
        if (signedIn || !safe) {
            share(operation, Shared.NOT_ALLOWED);
        }
        if (path.contains("{")) {
            share(operation, Shared.NOT_FOUND);
        }
        if (body) {
            share(operation, Shared.TOO_SLOW);
            share(operation, Shared.TOO_LARGE);
            share(operation, Shared.UNSUPPORTED);
        }
        List.of(Shared.RATE_LIMITED, Shared.INTERNAL, Shared.UNAVAILABLE).forEach(error -> share(operation, error));
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (isError(status) && response.getRef() == null && response.getContent() == null) {
                response.setContent(problem(null));
            }
        });
    }

    /** A description by the endpoint is kept; an undescribed error gets the shared one. */
    private static void share(Operation operation, Shared error) {
        APIResponse own = operation.getResponses().getAPIResponse(error.status);
        if (own == null || saysNothing(own.getDescription())) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            error.status,
                            OASFactory.createAPIResponse().ref("#/components/responses/" + error.component()));
        }
    }

    /** Whether it is the framework's default text for undocumented responses. */
    private static boolean saysNothing(String description) {
        return description == null
                || List.of("Bad Request", "Not Authorized", "Not Allowed").contains(description);
    }

    private static boolean isError(String status) {
        return status.startsWith("4") || status.startsWith("5");
    }

    private static Content problem(Object example) {
        return OASFactory.createContent()
                .addMediaType(
                        MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(PROBLEM))
                                .example(example));
    }
}
