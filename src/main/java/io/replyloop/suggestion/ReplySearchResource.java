package io.replyloop.suggestion;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Agents look for a reply that was not suggested. */
@Path("/api/replies/search")
@RolesAllowed("agent")
@Tag(name = "Suggestions")
public class ReplySearchResource {
    private static final int LONGEST = 200;

    private final ReplySearch search;

    ReplySearchResource(ReplySearch search) {
        this.search = search;
    }

    @GET
    @Operation(
            operationId = "searchReplies",
            summary = "Find published replies, the likeliest first; eight at most",
            description = "None where nothing is near to the words, neither in meaning nor by a rare word.")
    public List<FoundReply> find(
            @Parameter(description = "What it is about, in any words; 1 to 200 characters", required = true)
                    @QueryParam("q")
                    String q,
            @Parameter(
                            description = "Language tag of whoever is to read it: of replies that are about as likely,"
                                    + " those in it come first")
                    @QueryParam("language")
                    String language) {
        String words = q == null ? "" : q.strip();
        if (words.isEmpty() || words.codePointCount(0, words.length()) > LONGEST) {
            throw new Problem(ProblemCode.INVALID, "q is what to search for, in 1 to 200 characters.");
        }
        return search.find(words, language);
    }
}
