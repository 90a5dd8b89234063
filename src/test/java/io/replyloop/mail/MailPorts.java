package io.replyloop.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Where the tests' mail server listens when one is started: chosen once per JVM, and known to the server from its start. */
public class MailPorts implements ConfigSource {
    private static final int ORDINAL = 500;
    /** Below those that systems give to whoever asks for any. */
    private static final int LOWEST = 18_000;

    private static final int HIGHEST = 30_000;

    private static final Map<String, String> PORTS = Map.of(
            "replyloop.mail.smtp.port", Integer.toString(smtp()),
            "replyloop.mail.customers.imap.port", Integer.toString(imap()));

    static int smtp() {
        return port("io.replyloop.tests.smtp");
    }

    static int imap() {
        return port("io.replyloop.tests.imap");
    }

    /** Kept where all class loaders of this JVM find it. */
    private static int port(String property) {
        synchronized (System.class) {
            Integer known = Integer.getInteger(property);
            if (known == null) {
                known = free();
                System.setProperty(property, Integer.toString(known));
            }
            return known;
        }
    }

    private static int free() {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                if (tries == 99) {
                    throw new UncheckedIOException("No port is free for mails", taken);
                }
            }
        }
        throw new IllegalStateException("unreachable");
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public Set<String> getPropertyNames() {
        return PORTS.keySet();
    }

    @Override
    public String getValue(String name) {
        return PORTS.get(name);
    }

    @Override
    public String getName() {
        return "ports of the tests' mail server";
    }
}
