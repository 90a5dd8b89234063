package io.replyloop.identity;

import io.replyloop.platform.Problem;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A token bucket per network address, or per any other key, on this node. The buckets unused for longest are dropped
 * first.
 */
public final class AddressLimit {
    private static final int MOST_ADDRESSES = 50_000;

    private static final class Bucket {
        private double left;
        private long at;
    }

    private final double perNano;
    private final int burst;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    public AddressLimit(int perMinute, int burst) {
        this.perNano = perMinute / 60e9;
        this.burst = burst;
    }

    public void check(SocketAddress address) {
        check(key(address == null ? null : address.hostAddress()), "from this address");
    }

    /** @param from tells people whose limit it is, such as "from this address" */
    public void check(String key, String from) {
        long wait = take(key, System.nanoTime());
        if (wait > 0) {
            throw Problem.rateLimited(
                    "Too many requests " + from + ". Wait a moment and try again.", Duration.ofNanos(wait));
        }
    }

    /** Returns the nanoseconds to wait; 0 if the request may proceed. */
    synchronized long take(String key, long now) {
        Bucket bucket = buckets.computeIfAbsent(key, absent -> {
            Bucket full = new Bucket();
            full.left = burst;
            full.at = now;
            return full;
        });
        bucket.left = Math.min(burst, bucket.left + (now - bucket.at) * perNano);
        bucket.at = now;
        if (bucket.left >= 1) {
            bucket.left--;
            return 0;
        }
        return Math.max(1, (long) ((1 - bucket.left) / perNano));
    }

    /** Returns the address; for IPv6 the /64 network, because one household has all of it. */
    public static String key(String hostAddress) {
        if (hostAddress == null) {
            return "unknown";
        }
        try {
            // A literal address, so there is no lookup.
            if (InetAddress.getByName(hostAddress) instanceof Inet6Address address) {
                return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64";
            }
        } catch (UnknownHostException notLiteral) {
            return hostAddress;
        }
        return hostAddress;
    }

    /** A key as people write it: an address, or the /64 network of IPv6. */
    public static String readable(String key) {
        if (!key.endsWith("/64")) {
            return key;
        }
        List<String> groups = new ArrayList<>();
        for (int at = 0; at < 16; at += 4) {
            groups.add(Integer.toHexString(Integer.parseInt(key, at, at + 4, 16)));
        }
        return String.join(":", groups) + "::/64";
    }
}
