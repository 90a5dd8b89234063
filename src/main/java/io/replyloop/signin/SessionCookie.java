package io.replyloop.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

/** The cookie that carries a session, and the one of the device beside it. */
@ApplicationScoped
class SessionCookie {
    static final String NAME = "replyloop_session";

    private final SignInConfig config;

    SessionCookie(SignInConfig config) {
        this.config = config;
    }

    /** Beside the session, the browser is remembered as one that the account knows; sign-out leaves that. */
    Response set(SignIn.Opened opened) {
        return Response.ok(SessionResource.SessionView.of(opened.agent()))
                .cookie(
                        cookie(NAME, "/", opened.token().text(), (int)
                                config.sessionLongest().toSeconds()),
                        cookie(
                                KnownDevices.cookieOf(opened.agent().email()),
                                SessionResource.PATH,
                                opened.device(),
                                (int) config.deviceRemembered().toSeconds()))
                .build();
    }

    NewCookie removed() {
        return cookie(NAME, "/", "", 0);
    }

    private NewCookie cookie(String name, String path, String value, int maxAge) {
        return new NewCookie.Builder(name)
                .value(value)
                .path(path)
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(config.secureCookie())
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
