package io.replyloop.site;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** The logos of sites: one each, kept as it is shown. */
@ApplicationScoped
@Transactional
public class Logos {
    private final Session session;
    private final Sites sites;
    private final AuditLog audit;

    Logos(Session session, Sites sites, AuditLog audit) {
        this.session = session;
        this.sites = sites;
        this.audit = audit;
    }

    /** @param mediaType of a picture that this server has made */
    public record Picture(byte[] bytes, String mediaType, int width, int height) {}

    public Optional<Logo> of(UUID site) {
        return session.createNativeQuery("select hash, width, height from site_logo where site_id = :site", Tuple.class)
                .setParameter("site", site)
                .getResultStream()
                .map(row -> new Logo(
                        Logo.ADDRESS + row.get("hash", String.class),
                        row.get("width", Integer.class),
                        row.get("height", Integer.class)))
                .findFirst();
    }

    /** Throws a problem where there is no such site. */
    public void require(UUID site) {
        sites.object(site);
    }

    /** @param hash SHA-256 of the picture */
    public Logo keep(UUID site, String hash, Picture picture) {
        AuditObject object = sites.object(site);
        String before = hash(site);
        session.createNativeMutationQuery("insert into site_logo (site_id, hash, media_type, width, height, picture)"
                        + " values (:site, :hash, :type, :width, :height, :picture)"
                        + " on conflict (site_id) do update set hash = excluded.hash,"
                        + " media_type = excluded.media_type, width = excluded.width, height = excluded.height,"
                        + " picture = excluded.picture")
                .setParameter("site", site)
                .setParameter("hash", hash)
                .setParameter("type", picture.mediaType())
                .setParameter("width", picture.width())
                .setParameter("height", picture.height())
                .setParameter("picture", picture.bytes())
                .executeUpdate();
        changed(object, before, hash);
        return of(site).orElseThrow();
    }

    /** Where there is none, it is left at that. */
    public void remove(UUID site) {
        AuditObject object = sites.object(site);
        String before = hash(site);
        session.createNativeMutationQuery("delete from site_logo where site_id = :site")
                .setParameter("site", site)
                .executeUpdate();
        changed(object, before, null);
    }

    Optional<Picture> read(String hash) {
        return session.createNativeQuery(
                        "select picture, media_type, width, height from site_logo where hash = :hash limit 1",
                        Tuple.class)
                .setParameter("hash", hash)
                .getResultStream()
                .map(row -> new Picture(
                        row.get("picture", byte[].class),
                        row.get("media_type", String.class),
                        row.get("width", Integer.class),
                        row.get("height", Integer.class)))
                .findFirst();
    }

    private String hash(UUID site) {
        return session.createNativeQuery("select hash from site_logo where site_id = :site for update", String.class)
                .setParameter("site", site)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    private void changed(AuditObject object, String before, String after) {
        if (!Objects.equals(before, after)) {
            audit.record(AuditAction.SITE_CHANGED, object, AuditDetails.between(named(before), named(after)));
        }
    }

    private static Map<String, Object> named(String hash) {
        Map<String, Object> logo = new HashMap<>();
        logo.put("logo", hash);
        return logo;
    }
}
