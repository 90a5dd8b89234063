package io.replyloop.erasure;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.Ratings;
import io.replyloop.identity.CustomerForms;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Customers;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All that is kept of a customer as they know it, for whoever asks for it: who they are and what was said and noted. */
@ApplicationScoped
public class CustomerExport {
    private static final int PAGE = 500;

    private final Customers customers;
    private final CustomerForms forms;
    private final ConversationService conversations;
    private final Ratings ratings;
    private final ObjectMapper json;
    private final AuditLog audit;

    CustomerExport(
            Customers customers,
            CustomerForms forms,
            ConversationService conversations,
            Ratings ratings,
            ObjectMapper json,
            AuditLog audit) {
        this.customers = customers;
        this.forms = forms;
        this.conversations = conversations;
        this.ratings = ratings;
        this.json = json;
        this.audit = audit;
    }

    /** Whom to export; from here on it counts as given out. */
    @Transactional
    public CustomerIdentity begin(UUID id) {
        CustomerIdentity customer = customers.find(id).orElseThrow(() -> Problem.notFound("customer"));
        audit.record(
                AuditAction.CUSTOMER_EXPORTED,
                AuditObject.of(AuditObject.Kind.CUSTOMER, id, null),
                AuditDetails.none());
        return customer;
    }

    /** Page by page, however long the conversation is. */
    void write(CustomerIdentity customer, OutputStream out) throws IOException {
        Optional<ConversationSummary> conversation = conversations.ofCustomer(customer.id());
        try (JsonGenerator to = json.createGenerator(out).useDefaultPrettyPrinter()) {
            to.writeStartObject();
            to.writePOJOField("customer", customer);
            to.writePOJOField("answers", forms.answers(customer.id()));
            to.writePOJOField("conversation", conversation.orElse(null));
            to.writeArrayFieldStart("events");
            if (conversation.isPresent()) {
                writeEvents(conversation.get().id(), to);
            }
            to.writeEndArray();
            if (conversation.isPresent()) {
                to.writePOJOField(
                        "ratings", ratings.ofConversation(conversation.get().id()));
            }
            to.writeEndObject();
        }
    }

    private void writeEvents(UUID conversation, JsonGenerator to) throws IOException {
        long last = 0;
        List<ConversationEventView> page;
        do {
            page = conversations.eventsAfter(conversation, last, PAGE);
            for (ConversationEventView event : page) {
                to.writePOJO(event);
                last = event.sequence();
            }
        } while (page.size() == PAGE);
    }
}
