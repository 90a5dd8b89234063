package io.replyloop.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.Priority;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure of a REST endpoint into a problem document; every 5xx is logged with a reference. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final BusyLog BUSY = new BusyLog();
    static final AwayLog AWAY = new AwayLog(Duration.ofMinutes(1));

    @ServerExceptionMapper
    public Response problem(Problem problem) {
        ProblemDocument document = ProblemDocument.of(problem.code(), problem.getMessage());
        if (problem.code().status() >= 500) {
            document = document.withReference(
                    problem.retryAfter() == null
                            ? logged(problem)
                            : BUSY.logged(problem.getMessage(), System.nanoTime()));
        }
        if (!problem.violations().isEmpty()) {
            document = document.withViolations(problem.violations());
        }
        if (problem.retryAfter() == null) {
            return answer(document).build();
        }
        return answer(document.withRetryAfter(problem.retryAfter().toMillis()))
                .header("Retry-After", problem.retryAfterSeconds())
                .build();
    }

    @ServerExceptionMapper
    public Response invalid(ConstraintViolationException failure) {
        List<ProblemDocument.Violation> violations = failure.getConstraintViolations().stream()
                .map(ProblemMappers::violation)
                .sorted(Comparator.comparing(ProblemDocument.Violation::field))
                .toList();
        return invalid(violations);
    }

    private static Response invalid(List<ProblemDocument.Violation> violations) {
        String detail = violations.stream()
                .map(violation -> violation.field() + ": " + violation.message())
                .collect(Collectors.joining("; "));
        return answer(ProblemDocument.of(ProblemCode.INVALID, detail).withViolations(violations))
                .build();
    }

    @ServerExceptionMapper
    @Priority(1)
    public Response malformed(JsonProcessingException failure) {
        if (failure instanceof JsonMappingException placed
                && placed.getCause() instanceof InputCoercionException outOfRange) {
            return outOfRange(placed, outOfRange);
        }
        if (failure.getCause() instanceof Problem ofField) {
            return problem(ofField);
        }
        String where = failure.getLocation() == null
                ? ""
                : " (line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr() + ")";
        return answer(ProblemDocument.of(
                        ProblemCode.MALFORMED_REQUEST,
                        "The body is not the JSON that is expected here" + where + ": " + failure.getOriginalMessage()))
                .build();
    }

    private static Response outOfRange(JsonMappingException where, InputCoercionException failure) {
        String field = where.getPath().isEmpty()
                ? ""
                : where.getPath().get(where.getPath().size() - 1).getFieldName();
        boolean isLong = failure.getTargetType() == long.class;
        long least = isLong ? Long.MIN_VALUE : Integer.MIN_VALUE;
        long greatest = isLong ? Long.MAX_VALUE : Integer.MAX_VALUE;
        boolean isNegative = failure.getOriginalMessage().startsWith("Numeric value (-");
        return invalid(List.of(ProblemDocument.Violation.of(
                field == null ? "" : field,
                "must lie between " + least + " and " + greatest,
                isNegative ? FieldRule.TOO_SMALL : FieldRule.TOO_GREAT,
                Map.of("min", least, "max", greatest))));
    }

    // Quarkus responds to these in its own format unless there is a mapper for exactly this type.
    @ServerExceptionMapper
    public Response mismatched(MismatchedInputException failure) {
        String field = failure.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."));
        if (failure.getOriginalMessage().startsWith("Missing required creator property")) {
            String missing = failure.getOriginalMessage().split("'")[1];
            return invalid(List.of(ProblemDocument.Violation.of(
                    missing, "is missing; null is given as null", FieldRule.MISSING, Map.of())));
        }
        String detail = failure instanceof InvalidFormatException format
                        && format.getTargetType().isEnum()
                ? field + ": \"" + format.getValue() + "\" is not one of those known here."
                : (field.isEmpty() ? "The body" : field) + " is not of the kind that is expected here.";
        return answer(ProblemDocument.of(ProblemCode.MALFORMED_REQUEST, detail)).build();
    }

    @ServerExceptionMapper
    public Response signedOut(UnauthorizedException failure) {
        return answer(ProblemDocument.of(ProblemCode.SIGNED_OUT, "Sign in first."))
                .build();
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException failure, HttpHeaders headers) {
        String detail = BearerToken.of(headers.getHeaderString(HttpHeaders.AUTHORIZATION))
                        .isPresent()
                ? "This token has no scope for this. An admin sees its scopes under Administration → Programs."
                : "Your role does not allow this.";
        return answer(ProblemDocument.of(ProblemCode.NOT_ALLOWED, detail)).build();
    }

    /** A person who has mistyped an address in a browser gets a page with links; programs get a problem document. */
    @ServerExceptionMapper
    public Response notFound(NotFoundException failure, HttpHeaders headers, UriInfo uri) {
        if (isApi(uri.getPath()) || !readsHtml(headers)) {
            return http(failure);
        }
        return Response.status(404)
                .type("text/html;charset=UTF-8")
                .header("Content-Security-Policy", MissingPage.POLICY)
                .entity(readsChinese(headers) ? MissingPage.CHINESE : MissingPage.ENGLISH)
                .build();
    }

    private static boolean isApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    private static boolean readsHtml(HttpHeaders headers) {
        MediaType html = MediaType.TEXT_HTML_TYPE;
        try {
            return headers.getAcceptableMediaTypes().stream()
                    .anyMatch(type -> type.getType().equalsIgnoreCase(html.getType())
                            && type.getSubtype().equalsIgnoreCase(html.getSubtype()));
        } catch (IllegalArgumentException | WebApplicationException unreadable) {
            return false;
        }
    }

    private static boolean readsChinese(HttpHeaders headers) {
        try {
            return headers.getAcceptableLanguages().stream()
                    .map(Locale::getLanguage)
                    .filter(language -> language.equals("zh") || language.equals("en"))
                    .findFirst()
                    .filter("zh"::equals)
                    .isPresent();
        } catch (IllegalArgumentException | WebApplicationException unreadable) {
            return false;
        }
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof MismatchedInputException mismatch) {
            return mismatched(mismatch);
        }
        if (cause instanceof JsonProcessingException json) {
            return malformed(json);
        }
        if (cause instanceof QueryParameters.Unreadable unreadable) {
            return invalid(List.of(ProblemDocument.Violation.of(
                    unreadable.parameter(), unreadable.getMessage(), FieldRule.MALFORMED, Map.of())));
        }
        int status = failure.getResponse().getStatus();
        ProblemCode code = switch (status) {
            case 401 -> ProblemCode.SIGNED_OUT;
            case 403 -> ProblemCode.NOT_ALLOWED;
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 406 -> ProblemCode.NOT_ACCEPTABLE;
            case 408 -> ProblemCode.TOO_SLOW;
            case 413 -> ProblemCode.TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> ProblemCode.UNAVAILABLE;
            default -> status < 500 ? ProblemCode.MALFORMED_REQUEST : ProblemCode.INTERNAL;
        };
        if (status >= 500) {
            return unexpected(failure);
        }
        if (failure.getResponse().getStatusInfo().getFamily() == Response.Status.Family.REDIRECTION) {
            return failure.getResponse();
        }
        return answer(ProblemDocument.of(code, failure.getMessage())).build();
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable failure) {
        if (RefusedValue.causedBy(failure)) {
            LOG.debug("The database refused a value of a request", failure);
            return answer(ProblemDocument.of(ProblemCode.INVALID, RefusedValue.DETAIL))
                    .build();
        }
        if (DatabaseAway.causedBy(failure)) {
            String reference = logged(failure);
            return answer(ProblemDocument.of(
                                    ProblemCode.UNAVAILABLE,
                                    "The database cannot do this at the moment. Try again shortly.")
                            .withReference(reference))
                    .header("Retry-After", 2)
                    .build();
        }
        return answer(ProblemDocument.of(
                                ProblemCode.INTERNAL,
                                "Something went wrong on our side. The reference is in the server's log.")
                        .withReference(logged(failure)))
                .build();
    }

    /** Short enough to be read aloud. */
    static String newReference() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** Logs the failure and returns the reference under which it can be found. */
    public static String logged(Throwable failure) {
        Throwable reason = DatabaseAway.reason(failure);
        if (reason != null) {
            // The stack trace adds nothing, and there would be one for each request while the database is unavailable.
            return AWAY.logged(reason);
        }
        String reference = newReference();
        LOG.errorf(failure, "[%s] unexpected failure", reference);
        return reference;
    }

    private static Response.ResponseBuilder answer(ProblemDocument document) {
        return Response.status(document.status())
                .type(ProblemDocument.MEDIA_TYPE)
                .entity(document);
    }

    private static ProblemDocument.Violation violation(ConstraintViolation<?> violation) {
        Map<String, Object> attributes = violation.getConstraintDescriptor().getAttributes();
        FieldRule rule = FieldRule.of(
                violation
                        .getConstraintDescriptor()
                        .getAnnotation()
                        .annotationType()
                        .getSimpleName(),
                attributes,
                violation.getInvalidValue());
        Map<String, Object> values = switch (rule) {
            case TOO_SHORT -> Map.of("min", attributes.get("min"));
            case TOO_LONG, TOO_MANY -> Map.of("max", attributes.get("max"));
            case TOO_SMALL -> Map.of("min", attributes.get("value"));
            case TOO_GREAT -> Map.of("max", attributes.get("value"));
            default -> Map.of();
        };
        return ProblemDocument.Violation.of(field(violation), violation.getMessage(), rule, values);
    }

    private static String field(ConstraintViolation<?> violation) {
        String name = "";
        for (Path.Node node : violation.getPropertyPath()) {
            // A list element has no name of its own.
            if (node.getName() != null && node.getKind() != ElementKind.CONTAINER_ELEMENT) {
                name = node.getName();
            }
        }
        return name;
    }
}
