package io.replyloop.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * When the teams of sites are there. Each message of a customer asks, so what is known is kept for some seconds; changes on
 * other nodes become visible then.
 */
@ApplicationScoped
@Transactional
public class Hours {
    private static final Logger LOG = Logger.getLogger(Hours.class);
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** @param hours null where the site is always open */
    private record Known(HoursSettings settings, OpeningHours hours, Instant at) {}

    private final Sites sites;
    private final ObjectMapper json;
    private final AuditLog audit;
    private final Event<SitesChanged> changed;
    private final Clock clock;
    private final Map<UUID, Known> known = new ConcurrentHashMap<>();

    @Inject
    Hours(Sites sites, ObjectMapper json, AuditLog audit, Event<SitesChanged> changed) {
        this(sites, json, audit, changed, Clock.systemUTC());
    }

    Hours(Sites sites, ObjectMapper json, AuditLog audit, Event<SitesChanged> changed, Clock clock) {
        this.sites = sites;
        this.json = json;
        this.audit = audit;
        this.changed = changed;
        this.clock = clock;
    }

    HoursSettings settings(UUID site) {
        sites.object(site);
        return stored(site).orElse(HoursSettings.ALWAYS);
    }

    HoursSettings change(UUID site, HoursSettings settings) {
        // Before anything is stored: what says nothing is refused.
        settings.hours();
        HoursSettings sorted = settings.sorted();
        AuditObject object = sites.object(site);
        SiteHours row = SiteHours.locked(site, json.valueToTree(HoursSettings.ALWAYS));
        AuditDetails changes = AuditDetails.between(read(row).fields(), sorted.fields());
        if (!changes.isEmpty()) {
            audit.record(AuditAction.SITE_CHANGED, object, changes);
        }
        row.hours = json.valueToTree(sorted);
        changed.fire(new SitesChanged());
        return sorted;
    }

    /** Whether somebody is there by the hours of the site; always for one that has none. */
    public boolean isOpen(UUID site) {
        OpeningHours hours = known(site).hours();
        return hours == null || hours.isOpen(clock.instant());
    }

    /** Empty for a site that is always open. */
    Optional<OpenNow> now(UUID site) {
        Known known = known(site);
        if (known.hours() == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        boolean open = known.hours().isOpen(now);
        Instant opens = open ? null : known.hours().opensAfter(now).orElse(null);
        Instant changes = open ? known.hours().closesAfter(now).orElse(null) : opens;
        return Optional.of(new OpenNow(
                open,
                opens,
                changes,
                known.settings().offlineEn(),
                known.settings().offlineZh()));
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) SitesChanged change) {
        known.clear();
    }

    private Known known(UUID site) {
        Known fresh = known.get(site);
        if (fresh == null || !fresh.at().plus(FRESH).isAfter(clock.instant())) {
            fresh = load(site);
            known.put(site, fresh);
        }
        return fresh;
    }

    private Known load(UUID site) {
        HoursSettings settings = stored(site).filter(HoursSettings::limited).orElse(HoursSettings.ALWAYS);
        try {
            return new Known(settings, settings.limited() ? settings.hours() : null, clock.instant());
        } catch (Problem unreadable) {
            // A zone that this Java does not know any more must not keep customers from writing.
            LOG.warnf("The hours of site %s do not count: %s", site, unreadable.getMessage());
            return new Known(HoursSettings.ALWAYS, null, clock.instant());
        }
    }

    private Optional<HoursSettings> stored(UUID site) {
        return Stream.ofNullable(SiteHours.<SiteHours>findById(site))
                .map(this::read)
                .findFirst();
    }

    private HoursSettings read(SiteHours row) {
        try {
            return json.treeToValue(row.hours, HoursSettings.class);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("The hours of site " + row.siteId + " cannot be read", defect);
        }
    }
}
