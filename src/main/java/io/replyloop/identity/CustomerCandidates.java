package io.replyloop.identity;

import io.replyloop.identity.CustomerCandidate.Because;
import io.replyloop.platform.Problem;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Finds customers who may be the same person as another one, for agents to decide. Each person is found once, by the kept one. */
@ApplicationScoped
@Transactional
public class CustomerCandidates {
    static final int MOST = 20;

    /** Of somebody who was merged very often, not every address is looked for. */
    private static final int ADDRESSES = 5;

    private final Session session;
    private final Customers customers;
    private final MergedCustomers merged;
    private final Sites sites;

    CustomerCandidates(Session session, Customers customers, MergedCustomers merged, Sites sites) {
        this.session = session;
        this.customers = customers;
        this.merged = merged;
        this.sites = sites;
    }

    /** @param words of names or addresses; null or blank for those with whom something agrees */
    public List<CustomerCandidate> of(UUID customer, String words) {
        List<CustomerIdentity> person = merged.everyone(customer).stream()
                .flatMap(id -> customers.find(id).stream())
                .toList();
        if (person.isEmpty()) {
            throw Problem.notFound("customer");
        }
        Map<UUID, String> names = sites.list().stream().collect(Collectors.toMap(SiteView::id, SiteView::name));
        Map<UUID, Because> found = new LinkedHashMap<>();
        if (words == null || words.isBlank()) {
            person.stream()
                    .filter(CustomerIdentity::vouchedFor)
                    .forEach(one -> add(found, called(one.externalId(), names), Because.SITE_ID));
            person.stream()
                    .map(CustomerIdentity::email)
                    .filter(Objects::nonNull)
                    .distinct()
                    .limit(ADDRESSES)
                    .forEach(address -> add(found, reachedBy(address), Because.EMAIL));
        } else {
            // Some of them may be the same person.
            add(found, customers.named(words, 2 * MOST), Because.WORDS);
        }
        found.remove(person.get(0).id());
        UUID site = person.get(0).siteId();
        return found.entrySet().stream()
                .limit(MOST)
                .map(entry -> candidate(entry.getKey(), entry.getValue(), site, names))
                .toList();
    }

    private void add(Map<UUID, Because> found, List<UUID> customers, Because because) {
        customers.forEach(id -> found.putIfAbsent(merged.kept(id), because));
    }

    private List<UUID> called(String externalId, Map<UUID, String> sites) {
        return session.createNativeQuery(
                        "select id from customer where site_id = any(:sites) and external_id = :id limit :most",
                        UUID.class)
                .setParameter("sites", sites.keySet().toArray(UUID[]::new))
                .setParameter("id", externalId)
                .setParameter("most", MOST)
                .getResultList();
    }

    /** By the index of words first, which holds addresses, too. */
    private List<UUID> reachedBy(String address) {
        return session.createNativeQuery("""
                        select id from customer
                        where to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(email, ''))
                                @@ plainto_tsquery('simple', :address)
                            and lower(email) = lower(:address)
                        order by created_at desc limit :most""", UUID.class)
                .setParameter("address", address)
                .setParameter("most", MOST)
                .getResultList();
    }

    private CustomerCandidate candidate(UUID id, Because because, UUID site, Map<UUID, String> sites) {
        Tuple row = session.createNativeQuery(
                        "select name, email, site_id, external_id is not null as vouched, created_at from customer"
                                + " where id = :id",
                        Tuple.class)
                .setParameter("id", id)
                .getSingleResult();
        UUID of = row.get("site_id", UUID.class);
        return new CustomerCandidate(
                id,
                row.get("name", String.class),
                row.get("email", String.class),
                row.get("vouched", Boolean.class),
                of.equals(site) ? null : sites.get(of),
                because,
                row.get("created_at", Instant.class));
    }
}
