package io.replyloop.demo;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** For the demo's page, whose passwords everybody knows; on any other server, it is not there. */
@Path("/api/demo")
@PermitAll
public class DemoResource {
    private final DemoCustomers customers;

    DemoResource(DemoCustomers customers) {
        this.customers = customers;
    }

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

    private static void requireDemo() {
        if (!ConfigUtils.isProfileActive("demo")) {
            throw Problem.notFound("demo");
        }
    }
}
