package io.replyloop.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** What sites ask before a conversation begins. */
@ApplicationScoped
@Transactional
public class Forms {
    private final Sites sites;
    private final ObjectMapper json;
    private final AuditLog audit;

    Forms(Sites sites, ObjectMapper json, AuditLog audit) {
        this.sites = sites;
        this.json = json;
        this.audit = audit;
    }

    /** The form of a site that asks. */
    public Optional<FormSettings> asked(UUID site) {
        SiteForm row = SiteForm.findById(site);
        return Optional.ofNullable(row).map(this::read).filter(FormSettings::asked);
    }

    FormSettings settings(UUID site) {
        sites.object(site);
        SiteForm row = SiteForm.findById(site);
        return row == null ? FormSettings.NONE : read(row);
    }

    FormSettings change(UUID site, FormSettings form) {
        form.check();
        AuditObject object = sites.object(site);
        SiteForm row = SiteForm.locked(site, json.valueToTree(FormSettings.NONE));
        AuditDetails changes = AuditDetails.between(read(row).audited(), form.audited());
        if (!changes.isEmpty()) {
            audit.record(AuditAction.SITE_CHANGED, object, changes);
        }
        row.form = json.valueToTree(form);
        return form;
    }

    private FormSettings read(SiteForm row) {
        try {
            return json.treeToValue(row.form, FormSettings.class);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("The form of site " + row.siteId + " cannot be read", defect);
        }
    }
}
