package io.replyloop.webhooks;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses a webhook may be sent to: public ones, and what the operator has allowed. An admin of the chat is not
 * one of the network that it runs in, and whatever answers there must not be reached through it (server-side request
 * forgery). The lists follow IANA's registries of special-purpose addresses.
 */
final class Destinations {
    private static final List<Network> NOT_PUBLIC_V4 = networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8",
            "100.64.0.0/10", // behind a carrier's NAT
            "127.0.0.0/8",
            "169.254.0.0/16", // link-local, and the metadata of clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /** All that is public lies in here. */
    private static final Network GLOBAL_V6 = Network.of("2000::/3");

    private static final List<Network> NOT_PUBLIC_V6 = networks(
            "2001::/23", // Teredo, ORCHID and other protocols
            "2001:db8::/32",
            "2002::/16", // 6to4: any IPv4 address in disguise
            "3fff::/20");

    /** NAT64, by which hosts without IPv4 reach it: what counts is the IPv4 address in it. */
    private static final Network NAT64 = Network.of("64:ff9b::/96");

    private final List<Network> allowed;

    Destinations(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    private static List<Network> networks(String... cidrs) {
        return Stream.of(cidrs).map(Network::of).toList();
    }

    /** What the operator has allowed in so many words, to which also goes what is not encrypted. */
    boolean isAllowed(InetAddress address) {
        return contains(allowed, embedded(address));
    }

    boolean isPublic(InetAddress address) {
        InetAddress real = embedded(address);
        return real instanceof Inet6Address
                ? GLOBAL_V6.contains(real) && !contains(NOT_PUBLIC_V6, real)
                : !contains(NOT_PUBLIC_V4, real);
    }

    private static boolean contains(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** Java itself makes an IPv4 address of one that is mapped into IPv6. */
    private static InetAddress embedded(InetAddress address) {
        if (!NAT64.contains(address)) {
            return address;
        }
        byte[] all = address.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(all, all.length - 4, all.length));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("Four bytes are an address", impossible);
        }
    }
}
