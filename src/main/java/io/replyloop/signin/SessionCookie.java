package io.replyloop.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

/** The cookie that carries a session. */
@ApplicationScoped
class SessionCookie {
    static final String NAME = "replyloop_session";

    private final SignInConfig config;

    SessionCookie(SignInConfig config) {
        this.config = config;
    }

    Response set(SignIn.Opened opened) {
        return Response.ok(SessionResource.SessionView.of(opened.agent()))
                .cookie(cookie(
                        opened.token().text(), (int) config.sessionLongest().toSeconds()))
                .build();
    }

    NewCookie removed() {
        return cookie("", 0);
    }

    private NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path("/")
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(config.secureCookie())
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
