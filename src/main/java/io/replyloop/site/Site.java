package io.replyloop.site;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A web site that has the widget. Its key is public and stands in the page; its identity secret is not. */
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

    @Column(name = "identity_required")
    private boolean identityRequired;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Site() {}

    Site(String key, SiteSettings settings) {
        this.id = UUID.randomUUID();
        this.key = key;
        this.createdAt = Instant.now();
        change(settings);
    }

    void change(SiteSettings settings) {
        name = settings.name().strip();
        allowedOrigins = EmbeddingOrigin.normalised(settings.allowedOrigins());
        color = settings.color();
        greetingEn = settings.greetingEn().strip();
        greetingZh = settings.greetingZh().strip();
        identityRequired = settings.identityRequired();
    }

    void changeIdentitySecret(byte[] secret) {
        identitySecret = secret.clone();
    }

    UUID id() {
        return id;
    }

    boolean hasIdentitySecret() {
        return identitySecret != null;
    }

    byte[] identitySecret() {
        return identitySecret == null ? null : identitySecret.clone();
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
                hasIdentitySecret());
    }
}
