package io.replyloop.erasure;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.attachment.AttachmentService;
import io.replyloop.attachment.AttachmentView;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.RatingView;
import io.replyloop.conversation.Ratings;
import io.replyloop.identity.CustomerForms;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerNotes;
import io.replyloop.identity.CustomerVisits;
import io.replyloop.identity.Customers;
import io.replyloop.identity.MergedCustomers;
import io.replyloop.mail.Mails;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.Problem;
import io.replyloop.platform.WrittenFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * All that is kept of a customer as they know it, for whoever asks for it: who they are and what was said and noted. Of a
 * person who is several customers, all of them.
 */
@ApplicationScoped
public class CustomerExport {
    private static final int PAGE = 500;

    private final Customers customers;
    private final MergedCustomers merged;
    private final CustomerForms forms;
    private final CustomerNotes notes;
    private final CustomerVisits visits;
    private final ConversationService conversations;
    private final Ratings ratings;
    private final ObjectMapper json;
    private final AuditLog audit;
    private final AttachmentService attachments;
    private final Mails mails;
    private final Path folder;

    CustomerExport(
            Customers customers,
            MergedCustomers merged,
            CustomerForms forms,
            CustomerNotes notes,
            CustomerVisits visits,
            ConversationService conversations,
            Ratings ratings,
            ObjectMapper json,
            AuditLog audit,
            AttachmentService attachments,
            Mails mails,
            ApplicationFolder application) {
        this.customers = customers;
        this.merged = merged;
        this.forms = forms;
        this.notes = notes;
        this.visits = visits;
        this.conversations = conversations;
        this.ratings = ratings;
        this.json = json;
        this.audit = audit;
        this.attachments = attachments;
        this.mails = mails;
        folder = application.folder("customer-exports");
    }

    /** Whom to export; from here on it counts as given out. */
    @Transactional
    public CustomerIdentity begin(UUID id) {
        CustomerIdentity customer = customers.find(merged.kept(id)).orElseThrow(() -> Problem.notFound("customer"));
        audit.record(
                AuditAction.CUSTOMER_EXPORTED,
                AuditObject.of(AuditObject.Kind.CUSTOMER, customer.id(), null),
                AuditDetails.none());
        return customer;
    }

    /** Page by page, however long the conversations are. */
    void write(CustomerIdentity customer, OutputStream out) throws IOException {
        List<UUID> person = merged.everyone(customer.id());
        try (JsonGenerator to = generator(out)) {
            to.writeStartObject();
            writeKnown(customer, to);
            to.writePOJOField("notes", notes.of(customer.id()));
            to.writeArrayFieldStart("merged");
            for (UUID other : person.subList(1, person.size())) {
                Optional<CustomerIdentity> known = customers.find(other);
                if (known.isPresent()) {
                    to.writeStartObject();
                    writeKnown(known.get(), to);
                    to.writeEndObject();
                }
            }
            to.writeEndArray();
            to.writeArrayFieldStart("conversations");
            for (UUID one : person) {
                for (ConversationSummary conversation : conversations.everyOfCustomer(one)) {
                    writeConversation(conversation, to);
                }
            }
            to.writeEndArray();
            to.writePOJOField("attachments", attachments(person));
            to.writePOJOField("mails", mails.toCustomers(person));
            to.writeEndObject();
        }
    }

    /** The same, and each file that was attached, as a ZIP archive. */
    WrittenFile withFiles(CustomerIdentity customer) throws IOException {
        return WrittenFile.in(folder, out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("customer.json"));
                write(customer, zip);
                zip.closeEntry();
                for (AttachmentView file : attachments(merged.everyone(customer.id()))) {
                    zip.putNextEntry(new ZipEntry("files/" + file.id() + "-" + file.name()));
                    attachments.write(file.id(), zip);
                    zip.closeEntry();
                }
            }
        });
    }

    /** What a killed server was still sending. */
    void atStart(@Observes StartupEvent start) throws IOException {
        WrittenFile.deleteAll(folder);
    }

    /** Leaves the stream open, which may be one of several entries of an archive. */
    private JsonGenerator generator(OutputStream out) throws IOException {
        return json.createGenerator(out).useDefaultPrettyPrinter().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    private void writeKnown(CustomerIdentity customer, JsonGenerator to) throws IOException {
        List<UUID> alone = List.of(customer.id());
        to.writePOJOField("customer", customer);
        to.writePOJOField("answers", forms.answers(alone));
        to.writePOJOField("visit", visits.last(alone).orElse(null));
        to.writePOJOField("attributes", visits.attributes(alone));
    }

    private void writeConversation(ConversationSummary conversation, JsonGenerator to) throws IOException {
        to.writeStartObject();
        to.writePOJOField("conversation", conversation);
        to.writeArrayFieldStart("events");
        writeEvents(conversation.id(), to);
        to.writeEndArray();
        to.writeArrayFieldStart("ratings");
        writeRatings(conversation.id(), to);
        to.writeEndArray();
        to.writeEndObject();
    }

    private List<AttachmentView> attachments(List<UUID> person) {
        return person.stream()
                .flatMap(customer -> attachments.ofCustomer(customer).stream())
                .toList();
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

    private void writeRatings(UUID conversation, JsonGenerator to) throws IOException {
        List<RatingView> page = ratings.page(conversation, Long.MAX_VALUE);
        while (!page.isEmpty()) {
            for (RatingView rating : page) {
                to.writePOJO(rating);
            }
            page = ratings.page(conversation, page.get(page.size() - 1).resolution());
        }
    }
}
