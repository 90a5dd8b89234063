package io.replyloop.site;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** The sites, which are few and rarely changed. */
@ApplicationScoped
public class Sites {
    /** Of whatever was asked in another desk: no page has its chat, and it is not among the websites. */
    public static final UUID ELSEWHERE = UUID.fromString("b7a1c0de-0000-4000-8000-000000000e15");

    private final SecureRandom random = new SecureRandom();
    private final EntityManager entities;
    private final Event<SitesChanged> changed;
    private final Event<CustomerRulesTightened> tightened;
    private final AuditLog audit;

    Sites(
            EntityManager entities,
            Event<SitesChanged> changed,
            Event<CustomerRulesTightened> tightened,
            AuditLog audit) {
        this.entities = entities;
        this.changed = changed;
        this.tightened = tightened;
        this.audit = audit;
    }

    @Transactional
    public List<SiteView> list() {
        return entities.createQuery("from Site where id <> :elsewhere order by lower(name), key", Site.class)
                .setParameter("elsewhere", ELSEWHERE)
                .getResultStream()
                .map(Site::view)
                .toList();
    }

    @Transactional
    public Optional<SiteView> byKey(String key) {
        return find(key).map(Site::view);
    }

    /** Empty where there is no such website. */
    @Transactional
    public Optional<SiteView> byId(UUID id) {
        return id.equals(ELSEWHERE)
                ? Optional.empty()
                : Optional.ofNullable(entities.find(Site.class, id)).map(Site::view);
    }

    /** Whether a page of this origin, as browsers name it, may have the chat of the site. */
    public static boolean allows(SiteView site, String origin) {
        return EmbeddingOrigin.among(site.allowedOrigins(), origin).isPresent();
    }

    /** The site as the audit log knows it; throws a {@link Problem} if there is none. */
    public AuditObject object(UUID id) {
        return site(id).object();
    }

    /** Whether the site wants to know how its customers found a conversation. */
    @Transactional
    public boolean asksForRating(UUID id) {
        Site site = entities.find(Site.class, id);
        return site != null && site.ratingAsked();
    }

    /** The site's requirements for its customers' tokens; empty if there is no such site. */
    @Transactional
    public Optional<CustomerRules> customerRules(UUID id) {
        return Optional.ofNullable(entities.find(Site.class, id)).map(site -> site.customerRules(now()));
    }

    @Transactional
    public SiteView create(SiteSettings settings) {
        Site site = new Site(randomText(12), settings);
        audit.record(AuditAction.SITE_CREATED, site.object(), AuditDetails.of(site.settings()));
        return store(site);
    }

    @Transactional
    public SiteView update(UUID id, SiteSettings settings) {
        Site site = locked(id);
        boolean wasRequired = site.identityRequired();
        Map<String, Object> before = site.settings();
        site.change(settings);
        AuditDetails changes = AuditDetails.between(before, site.settings());
        if (!changes.isEmpty()) {
            audit.record(AuditAction.SITE_CHANGED, site.object(), changes);
        }
        if (site.identityRequired() && !wasRequired) {
            tightened.fire(new CustomerRulesTightened(id));
        }
        return store(site);
    }

    /**
     * Generates a new secret. It is returned only once.
     *
     * @param keepOld how long the old one remains valid, so that the site's servers can be switched over
     */
    @Transactional
    public String renewIdentitySecret(UUID id, Duration keepOld) {
        String secret = randomText(32);
        Site site = locked(id);
        site.changeIdentitySecret(
                secret.getBytes(StandardCharsets.UTF_8), keepOld.isZero() ? null : now().plus(keepOld));
        audit.record(
                AuditAction.SITE_SECRET_RENEWED,
                site.object(),
                AuditDetails.of(Map.of("keepOldMinutes", keepOld.toMinutes())));
        changed.fire(new SitesChanged());
        tightened.fire(new CustomerRulesTightened(id));
        return secret;
    }

    /** Invalidates the older of two secrets. */
    @Transactional
    public SiteView forgetPreviousIdentitySecret(UUID id) {
        Site site = locked(id);
        site.forgetPreviousIdentitySecret();
        audit.record(AuditAction.SITE_PREVIOUS_SECRET_ENDED, site.object(), AuditDetails.none());
        tightened.fire(new CustomerRulesTightened(id));
        return store(site);
    }

    /** Invalidates all customer tokens issued so far. */
    @Transactional
    public SiteView endCustomerTokens(UUID id) {
        Site site = locked(id);
        site.endCustomerTokens(now());
        audit.record(AuditAction.SITE_CUSTOMER_ACCESS_ENDED, site.object(), AuditDetails.none());
        tightened.fire(new CustomerRulesTightened(id));
        return store(site);
    }

    /** The site of what was asked in other desks, created with the first question; its key is known to nobody. */
    @Transactional
    public UUID elsewhere() {
        entities.createNativeQuery("insert into site (id, key, name, audience_checked)"
                        + " values (:id, :key, 'Other desks', true) on conflict do nothing")
                .setParameter("id", ELSEWHERE)
                .setParameter("key", randomText(32))
                .executeUpdate();
        return ELSEWHERE;
    }

    /** The site of the demo shop, created if it is missing; safe if two nodes start together. */
    @Transactional
    void ensure(String key, SiteSettings settings) {
        int made = entities.createNativeQuery(
                        "insert into site (id, key, name, audience_checked) values (:id, :key, :name, true)"
                                + " on conflict do nothing")
                .setParameter("id", UUID.randomUUID())
                .setParameter("key", key)
                .setParameter("name", settings.name())
                .executeUpdate();
        find(key).ifPresent(site -> {
            // Later starts leave it as an admin has made it, but may be reached by another port.
            site.allowAlso(settings.allowedOrigins());
            if (made == 1) {
                site.change(settings);
                audit.record(AuditAction.SITE_CREATED, site.object(), AuditDetails.of(site.settings()));
            }
        });
        changed.fire(new SitesChanged());
    }

    private SiteView store(Site site) {
        entities.persist(site);
        entities.flush();
        changed.fire(new SitesChanged());
        return site.view();
    }

    private Optional<Site> find(String key) {
        return entities.createQuery("from Site where key = :key", Site.class)
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    /** By the database's clock, to the millisecond, like the dates of tokens. */
    private Instant now() {
        return entities.unwrap(Session.class)
                .createNativeQuery("select clock_timestamp()", Instant.class)
                .getSingleResult()
                .truncatedTo(ChronoUnit.MILLIS);
    }

    // A row is written completely, so of two concurrent changes, the second must see the result of the first.
    private Site locked(UUID id) {
        Site site = site(id);
        entities.refresh(site, LockModeType.PESSIMISTIC_WRITE);
        return site;
    }

    /** That of other desks is no website, and nobody has anything to set there. */
    private Site site(UUID id) {
        Site site = entities.find(Site.class, id);
        if (site == null || id.equals(ELSEWHERE)) {
            throw Problem.notFound("site");
        }
        return site;
    }

    private String randomText(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(noise);
    }
}
