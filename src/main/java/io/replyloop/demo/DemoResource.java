package io.replyloop.demo;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** For the demo's page, whose passwords everybody knows; on any other server, it is not there. */
@Path("/api/demo")
@PermitAll
public class DemoResource {
    private final DemoCustomers customers;
    private final DemoTour tour;

    DemoResource(DemoCustomers customers, DemoTour tour) {
        this.customers = customers;
        this.tour = tour;
    }

    /** @param which first or again */
    public record Question(
            @NotNull(message = "is missing") @Pattern(regexp = "first|again", message = "is first or again")
            String which,

            @Size(max = 35, message = "is too long") String language) {}

    /** Whoever is signed in as an agent may open it. */
    public record Asked(UUID conversation) {}

    @GET
    @Operation(hidden = true)
    public void check() {
        requireDemo();
    }

    @POST
    @Path("/customers")
    @Operation(hidden = true)
    public void come() {
        requireDemo();
        if (!customers.come()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "Some customers are on their way already, or enough have come. Answer them first.");
        }
    }

    @GET
    @Path("/tour")
    @Operation(hidden = true)
    public DemoTour.Questions tour(@QueryParam("language") String language) {
        requireDemo();
        return tour.questions(language == null ? "" : language);
    }

    @POST
    @Path("/tour")
    @Operation(hidden = true)
    public Asked ask(@Valid @NotNull(message = "send a JSON object") Question question) {
        requireDemo();
        String language = question.language() == null ? "" : question.language();
        return tour.ask(language, question.which().equals("again"))
                .map(Asked::new)
                .orElseThrow(() -> new Problem(
                        ProblemCode.CONFLICT, "Enough customers have come to this demo; start it again for more."));
    }

    private static void requireDemo() {
        if (!ConfigUtils.isProfileActive("demo")) {
            throw Problem.notFound("demo");
        }
    }
}
