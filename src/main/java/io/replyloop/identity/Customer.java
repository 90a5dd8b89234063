package io.replyloop.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A customer who has written at least once. Rows are created by {@link Customers#ensure}, in one statement. */
@Entity
@Table(name = "customer")
class Customer {
    @Id
    private UUID id;

    @Column(name = "site_id")
    private UUID siteId;

    @Column(name = "external_id")
    private String externalId;

    private String name;
    private String email;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Customer() {}

    CustomerIdentity identity() {
        return new CustomerIdentity(id, siteId, name, email, externalId);
    }
}
