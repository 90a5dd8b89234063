package io.replyloop.site;

import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The sites, few and seldom changed. */
@ApplicationScoped
public class Sites {
    private final SecureRandom random = new SecureRandom();
    private final EntityManager entities;
    private final Event<SitesChanged> changed;

    Sites(EntityManager entities, Event<SitesChanged> changed) {
        this.entities = entities;
        this.changed = changed;
    }

    @Transactional
    public List<SiteView> list() {
        return entities.createQuery("from Site order by lower(name), key", Site.class).getResultList().stream()
                .map(Site::view)
                .toList();
    }

    @Transactional
    public Optional<SiteView> byKey(String key) {
        return find(key).map(Site::view);
    }

    /** The secret with which the site's server signs who its visitors are; empty when it has none. */
    @Transactional
    public Optional<byte[]> identitySecret(UUID id) {
        return Optional.ofNullable(site(id).identitySecret());
    }

    @Transactional
    public SiteView create(SiteSettings settings) {
        return store(new Site(randomText(12), settings));
    }

    @Transactional
    public SiteView update(UUID id, SiteSettings settings) {
        Site site = site(id);
        site.change(settings);
        return store(site);
    }

    /** Makes a new secret and forgets the old one. The answer is the only time that it is told. */
    @Transactional
    public String renewIdentitySecret(UUID id) {
        String secret = randomText(32);
        site(id).changeIdentitySecret(secret.getBytes(StandardCharsets.UTF_8));
        changed.fire(new SitesChanged());
        return secret;
    }

    /** The site of the demo shop, made when it is missing; safe when two nodes start together. */
    @Transactional
    void ensure(String key, SiteSettings settings) {
        entities.createNativeQuery("insert into site (id, key, name) values (:id, :key, :name) on conflict do nothing")
                .setParameter("id", UUID.randomUUID())
                .setParameter("key", key)
                .setParameter("name", settings.name())
                .executeUpdate();
        find(key).ifPresent(site -> site.change(settings));
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

    private Site site(UUID id) {
        Site site = entities.find(Site.class, id);
        if (site == null) {
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
