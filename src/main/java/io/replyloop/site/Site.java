package io.replyloop.site;

import io.replyloop.audit.AuditObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A web site with the widget. Its key is public and part of the page; its identity secret is not. */
@Entity
@Table(name = "site")
class Site {
    @Id
    private UUID id;

    private String key;
    private String name;

    @Column(name = "allowed_origins")
    private List<String> allowedOrigins;

    private String color;

    @Column(name = "greeting_en")
    private String greetingEn;

    @Column(name = "greeting_zh")
    private String greetingZh;

    @Column(name = "identity_secret")
    private byte[] identitySecret;

    @Column(name = "identity_secret_version")
    private int identitySecretVersion;

    @Column(name = "previous_identity_secret")
    private byte[] previousIdentitySecret;

    @Column(name = "previous_secret_until")
    private Instant previousSecretUntil;

    @Column(name = "identity_required")
    private boolean identityRequired;

    @Column(name = "audience_checked")
    private boolean audienceChecked;

    @Column(name = "rating_asked")
    private boolean ratingAsked;

    @Column(name = "customers_not_before")
    private Instant customersNotBefore;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Site() {}

    Site(String key, SiteSettings settings) {
        this.id = UUID.randomUUID();
        this.key = key;
        this.createdAt = Instant.now();
        this.identitySecretVersion = 1;
        this.audienceChecked = true;
        this.ratingAsked = true;
        change(settings);
    }

    void change(SiteSettings settings) {
        name = settings.name().strip();
        allowedOrigins = EmbeddingOrigin.normalised(settings.allowedOrigins());
        color = settings.color();
        greetingEn = settings.greetingEn().strip();
        greetingZh = settings.greetingZh().strip();
        identityRequired = settings.identityRequired();
        audienceChecked = settings.audienceChecked() == null ? audienceChecked : settings.audienceChecked();
        ratingAsked = settings.ratingAsked() == null ? ratingAsked : settings.ratingAsked();
    }

    /** Pages of these may embed it, too. */
    void allowAlso(List<String> origins) {
        allowedOrigins = EmbeddingOrigin.normalised(Stream.concat(allowedOrigins.stream(), origins.stream())
                .distinct()
                .toList());
    }

    AuditObject object() {
        return AuditObject.of(AuditObject.Kind.SITE, id, name);
    }

    /** The settings that an admin has chosen, by their names in the wire format. */
    Map<String, Object> settings() {
        return Map.of(
                "name", name,
                "allowedOrigins", List.copyOf(allowedOrigins),
                "color", color,
                "greetingEn", greetingEn,
                "greetingZh", greetingZh,
                "identityRequired", identityRequired,
                "audienceChecked", audienceChecked,
                "ratingAsked", ratingAsked);
    }

    /** @param previousUntil when vouchers signed with the previous secret expire; null if they expire immediately */
    void changeIdentitySecret(byte[] secret, Instant previousUntil) {
        boolean keeps = identitySecret != null && previousUntil != null;
        previousIdentitySecret = keeps ? identitySecret : null;
        previousSecretUntil = keeps ? previousUntil : null;
        identitySecretVersion += identitySecret == null ? 0 : 1;
        identitySecret = secret.clone();
    }

    void forgetPreviousIdentitySecret() {
        previousIdentitySecret = null;
        previousSecretUntil = null;
    }

    void endCustomerTokens(Instant now) {
        customersNotBefore = now;
    }

    boolean identityRequired() {
        return identityRequired;
    }

    boolean ratingAsked() {
        return ratingAsked;
    }

    CustomerRules customerRules(Instant now) {
        List<CustomerRules.Secret> secrets = new ArrayList<>(2);
        if (identitySecret != null) {
            secrets.add(new CustomerRules.Secret(identitySecretVersion, identitySecret.clone(), null));
        }
        if (previousIdentitySecret != null && now.isBefore(previousSecretUntil)) {
            secrets.add(new CustomerRules.Secret(
                    identitySecretVersion - 1, previousIdentitySecret.clone(), previousSecretUntil));
        }
        return new CustomerRules(key, now, identityRequired, audienceChecked, customersNotBefore, List.copyOf(secrets));
    }

    UUID id() {
        return id;
    }

    boolean hasIdentitySecret() {
        return identitySecret != null;
    }

    SiteView view() {
        return new SiteView(
                id,
                key,
                name,
                List.copyOf(allowedOrigins),
                color,
                greetingEn,
                greetingZh,
                identityRequired,
                hasIdentitySecret(),
                previousSecretUntil,
                audienceChecked,
                ratingAsked,
                customersNotBefore);
    }
}
