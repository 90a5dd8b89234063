package io.replyloop.correspondence;

import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Customers;
import io.replyloop.identity.MergedCustomers;
import io.replyloop.mail.MailAddress;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Where customers can be reached. */
@Singleton
class KnownAddresses {
    private final Customers customers;
    private final MergedCustomers merged;

    KnownAddresses(Customers customers, MergedCustomers merged) {
        this.customers = customers;
        this.merged = merged;
    }

    /** What the customer may be shown: their own, and not that of another customer who is the same person. */
    Optional<String> own(UUID customer) {
        return customers.find(customer).map(CustomerIdentity::email);
    }

    /** Of a person who is several customers, the first address that there is; the customer's own before others. */
    Optional<MailAddress> of(UUID customer) {
        return own(customer)
                .flatMap(MailAddress::of)
                .or(() -> merged.everyone(customer).stream()
                        .flatMap(other -> own(other).flatMap(MailAddress::of).stream())
                        .findFirst());
    }
}
