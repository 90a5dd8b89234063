package io.replyloop.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/** What customers of sites see before they write. */
@ApplicationScoped
@Transactional
public class Welcomes {
    /** As many as stand side by side on a phone. */
    private static final int MOST_SHOWN = 5;

    private final Sites sites;
    private final TeamPresence presence;
    private final FrequentQuestions questions;
    private final Logos logos;
    private final ObjectMapper json;
    private final AuditLog audit;

    Welcomes(
            Sites sites,
            TeamPresence presence,
            FrequentQuestions questions,
            Logos logos,
            ObjectMapper json,
            AuditLog audit) {
        this.sites = sites;
        this.presence = presence;
        this.questions = questions;
        this.logos = logos;
        this.json = json;
        this.audit = audit;
    }

    Welcome of(UUID site) {
        WelcomeSettings settings = stored(site);
        return new Welcome(
                team(site, settings),
                settings.questions() ? questions.offered() : List.of(),
                logos.of(site).orElse(null));
    }

    WelcomeSettings settings(UUID site) {
        sites.object(site);
        return stored(site);
    }

    WelcomeSettings change(UUID site, WelcomeSettings settings) {
        AuditObject object = sites.object(site);
        SiteWelcome row = SiteWelcome.locked(site, json.valueToTree(WelcomeSettings.USUAL));
        AuditDetails changes = AuditDetails.between(read(row).audited(), settings.audited());
        if (!changes.isEmpty()) {
            audit.record(AuditAction.SITE_CHANGED, object, changes);
        }
        row.welcome = json.valueToTree(settings);
        return settings;
    }

    // Names leave the server only as far as the site shows them.
    private List<Welcome.Colleague> team(UUID site, WelcomeSettings settings) {
        if (settings.team().equals(WelcomeSettings.NOBODY)) {
            return List.of();
        }
        boolean named = settings.team().equals(WelcomeSettings.FIRST_NAMES);
        return presence.names(site).stream()
                .filter(name -> !name.isBlank())
                .limit(MOST_SHOWN)
                .map(name -> named ? Welcome.Colleague.named(name) : Welcome.Colleague.initialled(name))
                .toList();
    }

    private WelcomeSettings stored(UUID site) {
        SiteWelcome row = SiteWelcome.findById(site);
        return row == null ? WelcomeSettings.USUAL : read(row);
    }

    private WelcomeSettings read(SiteWelcome row) {
        try {
            return json.treeToValue(row.welcome, WelcomeSettings.class);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("The welcome of site " + row.siteId + " cannot be read", defect);
        }
    }
}
