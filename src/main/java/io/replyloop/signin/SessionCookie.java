package io.replyloop.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

/** The session cookie, and the cookie that identifies the device. */
@ApplicationScoped
class SessionCookie {
    static final String NAME = "replyloop_session";

    private final SignInConfig config;

    SessionCookie(SignInConfig config) {
        this.config = config;
    }

    /** Sets both cookies; signing out does not remove the one for the device. */
    Response set(SignIn.Opened opened) {
        return Response.ok(SessionResource.SessionView.of(opened.agent(), opened.recoveryCodes()))
                .cookie(of(opened))
                .build();
    }

    NewCookie[] of(SignIn.Opened opened) {
        return new NewCookie[] {
            cookie(NAME, "/", opened.token().text(), (int)
                    config.sessionLongest().toSeconds()),
            cookie(KnownDevices.cookieOf(opened.agent().email()), SessionResource.PATH, opened.device(), (int)
                    config.deviceRemembered().toSeconds())
        };
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
