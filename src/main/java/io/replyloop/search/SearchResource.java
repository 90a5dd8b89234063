package io.replyloop.search;

import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The search of the agent console. */
@Path("/api/search")
@RolesAllowed("agent")
@Tag(name = "Conversations")
public class SearchResource {
    private final SearchService search;

    SearchResource(SearchService search) {
        this.search = search;
    }

    @GET
    @Operation(
            operationId = "search",
            summary = "Messages, notes and customers by their words",
            description = "A message is found when it has all words; the last one may be the beginning of a word. The"
                    + " newest come first.")
    public SearchView search(
            @Parameter(description = "The words", required = true)
                    @QueryParam("q")
                    @NotBlank
                    @Size(max = SearchWords.LONGEST)
                    String words,
            @Parameter(description = "customer, team or note: who wrote it, and for whom; all when absent")
                    @QueryParam("source")
                    String source,
            @Parameter(description = "Not before this moment") @QueryParam("from") String from,
            @Parameter(description = "Before this moment") @QueryParam("to") String to,
            @Parameter(description = "`next` of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        return search.search(
                words,
                new SearchFilter(source == null ? null : Source.named(source), moment("from", from), moment("to", to)),
                cursor,
                Page.limit(limit));
    }

    private static Instant moment(String name, String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(value);
        } catch (DateTimeException unreadable) {
            throw new Problem(
                    ProblemCode.INVALID, "'" + name + "' is a moment such as 2026-11-30T08:00:00Z.", unreadable);
        }
    }
}
