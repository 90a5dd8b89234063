package io.replyloop.hub;

import java.net.URI;
import java.time.Duration;

/**
 * @param address where the hub answers
 * @param token for models that not everybody may read, or null; sent to this address only, never where it redirects to
 * @param attempts how often a connection may break, without any byte in between, before the download gives up
 * @param pause before the second attempt; doubled for each further one
 * @param silence after which a connection counts as broken
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
