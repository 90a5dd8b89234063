package io.replyloop.audit;

import static io.replyloop.signin.Team.as;

import io.replyloop.audit.HistoryOperations.Does;
import io.replyloop.signin.Team;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Everything that an agent can change about a customer. */
final class CustomerOperations {
    private CustomerOperations() {}

    static void all(Team.Member agent, UUID customer, UUID other, Does does) {
        String block = "/api/blocked-customers/" + customer;
        does.that("blockCustomer", as(agent).body("{\"reason\": \"Threats\"}"), "PUT", block);
        does.that("unblockCustomer", as(agent), "DELETE", block);
        String about = "/api/customers/" + customer;
        does.that("correctCustomer", as(agent).body("{\"name\": \"Kim Lee\"}"), "PUT", about + "/profile");
        UUID note = UUID.randomUUID();
        Map<String, Object> added = Map.of("id", note, "text", "Likes tea");
        does.that("addCustomerNote", as(agent).body(added), "POST", about + "/notes");
        Map<String, Object> changed = Map.of("text", "Likes green tea", "version", 1);
        does.that("updateCustomerNote", as(agent).body(changed), "PUT", about + "/notes/" + note);
        does.that("deleteCustomerNote", as(agent), "DELETE", about + "/notes/" + note);
        does.that("mergeCustomers", as(agent), "PUT", about + "/merged/" + other);
        does.that("separateCustomers", as(agent), "DELETE", about + "/merged/" + other);
    }

    static Map<String, List<String>> expected() {
        return Map.of(
                "blockCustomer", List.of("account customer.blocked"),
                "unblockCustomer", List.of("account customer.unblocked"),
                "correctCustomer", List.of("account customer.corrected"),
                "addCustomerNote", List.of("account customer.noted"),
                "updateCustomerNote", List.of("account customer.note-changed"),
                "deleteCustomerNote", List.of("account customer.note-deleted"),
                "mergeCustomers", List.of("account customer.merged"),
                "separateCustomers", List.of("account customer.separated"));
    }
}
