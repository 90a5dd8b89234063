package io.replyloop.hub;

import java.net.URI;
import java.time.Duration;

/**
 * @param address of the hub
 * @param token for models with restricted access, or null; sent only to this address, never to the target of a redirect
 * @param attempts how often the connection may be lost without receiving a byte before the download fails
 * @param pause before the second attempt; doubled for each further one
 * @param silence after which a connection is considered lost
 */
public record HubOptions(URI address, String token, int attempts, Duration pause, Duration silence) {
    public static final URI HUGGING_FACE = URI.create("https://huggingface.co");

    public HubOptions {
        if (!"https".equals(address.getScheme()) && !"http".equals(address.getScheme())) {
            throw new IllegalArgumentException("the hub's address must begin with https:// or http://: " + address);
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("there must be at least one attempt");
        }
    }

    public static HubOptions of(URI address, String token) {
        return new HubOptions(address, token, 6, Duration.ofSeconds(1), Duration.ofSeconds(60));
    }
}
