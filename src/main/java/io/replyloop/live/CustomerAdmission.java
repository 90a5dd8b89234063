package io.replyloop.live;

import io.replyloop.identity.CustomerAccess;
import io.replyloop.identity.CustomerPass;
import io.replyloop.identity.CustomerTokens;
import io.replyloop.platform.Problem;
import jakarta.inject.Singleton;

/** Decides whether a customer's token admits its bearer. */
@Singleton
class CustomerAdmission {
    private final CustomerTokens tokens;
    private final CustomerAccess access;

    CustomerAdmission(CustomerTokens tokens, CustomerAccess access) {
        this.tokens = tokens;
        this.access = access;
    }

    /** Verifies a token; throws a {@link Problem} if it is invalid or has expired. */
    CustomerPass verify(String token) {
        return tokens.pass(token);
    }

    /** Throws a {@link Problem} if a valid token has been revoked. */
    void requireAccess(CustomerPass pass) {
        access.require(pass);
    }
}
