package io.replyloop.singlesignon;

import io.replyloop.platform.PublicAddress;
import io.replyloop.signin.OtherSignIn;
import io.replyloop.signin.SignOutElsewhere;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** Sessions that began at the provider: how they end there, and what ends here when one of theirs does. */
@ApplicationScoped
class ProvidedSessions implements SignOutElsewhere {
    private static final Logger LOG = Logger.getLogger(ProvidedSessions.class);

    private final Session database;
    private final Providers providers;
    private final Discovery discovery;
    private final OtherSignIn signIn;
    private final PublicAddress address;

    ProvidedSessions(
            Session database, Providers providers, Discovery discovery, OtherSignIn signIn, PublicAddress address) {
        this.database = database;
        this.providers = providers;
        this.discovery = discovery;
        this.signIn = signIn;
        this.address = address;
    }

    @Override
    public Supplier<Optional<String>> address(String session, HttpServerRequest request) {
        Provider provider = providers
                .current()
                .filter(current -> current.settings().signsOutThere())
                .orElse(null);
        Optional<String> token = provider == null ? Optional.empty() : idToken(session, provider.issuer());
        return () -> token.flatMap(known -> signOut(provider, known, request));
    }

    private Optional<String> signOut(Provider provider, String idToken, HttpServerRequest request) {
        try {
            return Optional.ofNullable(discovery.published(provider.issuer()).signOut())
                    .map(page -> page + (page.contains("?") ? "&" : "?")
                            + "id_token_hint=" + encoded(idToken)
                            + "&client_id=" + encoded(provider.settings().clientId())
                            + address.base(request)
                                    .map(base -> "&post_logout_redirect_uri=" + encoded(base + "/console/"))
                                    .orElse(""));
        } catch (RuntimeException failure) {
            // Signing out here must not depend on anybody else.
            LOG.warnf("Nobody can be signed out at the identity provider now: %s", failure.getMessage());
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Transactional
    Optional<String> idToken(String session, String issuer) {
        return database.createNativeQuery(
                        "select id_token from provided_session where session_hash = :hash and issuer = :issuer",
                        String.class)
                .setParameter("hash", HexFormat.of().parseHex(session))
                .setParameter("issuer", issuer)
                .getResultStream()
                .findFirst();
    }

    /**
     * What has ended there ends here.
     *
     * @param subject whose sessions; null where only the session is named
     * @param session the one of the provider; null for all of the person
     */
    @Transactional
    int end(String issuer, String subject, String session) {
        var ended = database.createNativeQuery(
                        "select i.account_id, s.session_hash from provided_session s join provided_identity i"
                                + " on i.issuer = s.issuer and i.subject = s.subject where s.issuer = :issuer"
                                + " and s.subject = coalesce(cast(:subject as text), s.subject)"
                                + " and (cast(:session as text) is null or s.session_id = cast(:session as text))",
                        Object[].class)
                .setParameter("issuer", issuer)
                .setParameter("subject", subject)
                .setParameter("session", session)
                .getResultList();
        ended.forEach(row -> signIn.end((UUID) row[0], (byte[]) row[1]));
        return ended.size();
    }
}
