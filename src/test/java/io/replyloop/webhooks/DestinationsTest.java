package io.replyloop.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import io.replyloop.platform.Problem;
import io.replyloop.webhooks.WebhookAddresses.Refused;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nothing may be sent, so that the server is no way into the network that it stands in. */
class DestinationsTest {
    private final Destinations closed = new Destinations(List.of());

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.8.8.8",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::a00:1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:5ef5:79fb::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "2002:7f00:1::",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void nothing_is_sent_to_an_address_that_is_not_public(String text) throws UnknownHostException {
        assertThat(closed.isPublic(address(text))).isFalse();
        assertThat(closed.isAllowed(address(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "193.99.144.80",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "2001:4860:4860::8888",
                "2a00:1450:4001:830::200e",
                "2600::1",
                "64:ff9b::101:101"
            })
    void what_is_public_may_be_sent_to(String text) throws UnknownHostException {
        assertThat(closed.isPublic(address(text))).isTrue();
    }

    @Test
    void the_operator_allows_networks_and_nothing_beside_them() throws UnknownHostException {
        Destinations some = new Destinations(List.of(Network.of("10.20.0.0/15"), Network.of("fd12:3456::/32")));
        assertThat(List.of(
                        some.isAllowed(address("10.20.0.1")),
                        some.isAllowed(address("10.21.255.255")),
                        some.isAllowed(address("64:ff9b::a14:1")),
                        some.isAllowed(address("fd12:3456:ffff::1"))))
                .containsOnly(true);
        assertThat(List.of(
                        some.isAllowed(address("10.19.255.255")),
                        some.isAllowed(address("10.22.0.0")),
                        some.isAllowed(address("fd12:3457::1")),
                        some.isAllowed(address("::1"))))
                .containsOnly(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "example.com", "10.0.0", "fd00::/129", ""})
    void what_is_no_network_is_not_taken_for_one(String text) {
        assertThatThrownBy(() -> Network.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_with_one_private_address_among_public_ones_is_refused() {
        WebhookAddresses two =
                new WebhookAddresses(List.of(), host -> new InetAddress[] {address("1.1.1.1"), address("10.0.0.1")});
        assertThatThrownBy(() -> two.of(URI.create("https://both.example/")))
                .isInstanceOf(Refused.class)
                .hasMessage("not-public");
    }

    @Test
    void without_tls_only_what_is_allowed_in_so_many_words_is_sent_to() throws Refused {
        WebhookAddresses addresses = new WebhookAddresses(List.of("10.0.0.0/8"), host ->
                new InetAddress[] {address(host.equals("inside.example") ? "10.0.0.1" : "1.1.1.1")});
        assertThat(addresses.of(URI.create("http://inside.example/"))).hasSize(1);
        assertThat(addresses.of(URI.create("https://outside.example/"))).hasSize(1);
        assertThatThrownBy(() -> addresses.of(URI.create("http://outside.example/")))
                .hasMessage("not-encrypted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/",
                "https://",
                "https:///path",
                "example.com",
                "https://user:word@example.com/",
                "https://example.com/#part",
                "https://example.com:0/",
                "https://example.com:70000/",
                "javascript:1",
                "https://exa mple.com/",
                "file:///etc/passwd",
                "https://127.1/"
            })
    void what_is_no_address_of_a_receiver_is_refused(String url) {
        assertThatThrownBy(() -> WebhookAddresses.parsed(url))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("https://example.com/hooks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://localhost/",
                "https://0/"
            })
    void a_private_address_in_disguise_is_refused(String url) {
        WebhookAddresses real = new WebhookAddresses(List.of(), InetAddress::getAllByName);
        assertThatThrownBy(() -> real.checked(url)).isInstanceOf(Problem.class).hasMessageContaining("private network");
    }
}
