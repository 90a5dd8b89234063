package io.replyloop.signin;

import io.replyloop.identity.AddressLimit;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;

/**
 * Where an attempt to sign in comes from.
 *
 * @param address of the network, as limits count it
 * @param knownBy this browser's token from an earlier sign-in to the account; null if it has none
 */
record SignInClient(String address, String knownBy, SessionDevice device) {
    static SignInClient of(HttpServerRequest http, String email) {
        Cookie known = http.getCookie(KnownDevices.cookieOf(email));
        return new SignInClient(
                AddressLimit.key(
                        http.remoteAddress() == null
                                ? null
                                : http.remoteAddress().hostAddress()),
                known == null ? null : known.getValue(),
                SessionDevice.of(http.getHeader("User-Agent")));
    }
}
