package io.replyloop.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Until when a token holds, read from a token that has been verified already. */
final class TokenExpiry {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TokenExpiry() {}

    /** Seconds since 1970. */
    static long of(String verifiedToken) {
        try {
            String payload = verifiedToken.split("\\.")[1];
            String json = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
            return MAPPER.readTree(json).get("exp").asLong();
        } catch (JsonProcessingException | RuntimeException incomplete) {
            throw new Problem(ProblemCode.TOKEN_INVALID, "This token is incomplete. Get a new one.", incomplete);
        }
    }
}
