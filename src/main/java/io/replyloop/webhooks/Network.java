package io.replyloop.webhooks;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;

/** Addresses that begin with the same bits, such as 10.0.0.0/8. */
record Network(BigInteger first, int bytes, int bits) {
    /** @throws IllegalArgumentException if that is none */
    static Network of(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? cidr : cidr.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException(cidr + " is no network, such as 10.0.0.0/8 or fd00::/8");
        }
        int most = address.length * Byte.SIZE;
        int bits = slash < 0 ? most : bits(cidr, slash, most);
        return new Network(start(address, bits), address.length, bits);
    }

    private static int bits(String cidr, int slash, int most) {
        String text = cidr.substring(slash + 1);
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(cidr + " needs a number of bits from 0 to " + most + " after the slash");
        }
        return Integer.parseInt(text);
    }

    private static BigInteger start(byte[] address, int bits) {
        return new BigInteger(1, address).shiftRight(address.length * Byte.SIZE - bits);
    }

    boolean contains(InetAddress address) {
        byte[] one = address.getAddress();
        return one.length == bytes && start(one, bits).equals(first);
    }
}
