package io.replyloop.edge;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.replyloop.identity.AddressLimit;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Accepts or closes a connection before a byte of it is read. */
@Sharable
final class ConnectionGate extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Logger.getLogger(ConnectionGate.class);
    private static final long SAY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    /** File descriptors reserved for the database, the model, logs and libraries. */
    private static final int RESERVED_FILES = 400;

    private static final int FEWEST = 100;

    private final int most;
    private final int mostOfAddress;
    private final Duration headWithin;
    private final Duration takenWithin;
    private final Duration idle;

    // Guarded by this.
    private final Map<String, Integer> addresses = new HashMap<>();
    private int all;
    private long refused;
    private long saidAt = System.nanoTime() - SAY_AGAIN_NANOS;

    ConnectionGate(EdgeConfig limits, Duration idle, boolean behindProxy) {
        this.idle = idle;
        most = Math.min(limits.connections(), Math.max(FEWEST, openFiles() - RESERVED_FILES));
        mostOfAddress = behindProxy ? most : limits.connectionsPerAddress();
        headWithin = limits.headWithin();
        takenWithin = limits.takenWithin();
    }

    @Override
    public void channelRead(ChannelHandlerContext server, Object message) {
        Channel connection = (Channel) message;
        String address = addressOf(connection.remoteAddress());
        if (!enter(address)) {
            connection.unsafe().closeForcibly();
            return;
        }
        connection.closeFuture().addListener(closed -> leave(address));
        connection.pipeline().addLast(new HeadDeadline(headWithin, idle), new AnswerProgress(takenWithin));
        server.fireChannelRead(connection);
    }

    synchronized boolean enter(String address) {
        if (all >= most || addresses.getOrDefault(address, 0) >= mostOfAddress) {
            refused++;
            long now = System.nanoTime();
            if (now - saidAt >= SAY_AGAIN_NANOS) {
                LOG.warnf(
                        "Too many connections: %d are open, %d of them from %s; %d were refused so far",
                        all, addresses.getOrDefault(address, 0), address, refused);
                saidAt = now;
            }
            return false;
        }
        all++;
        addresses.merge(address, 1, Integer::sum);
        return true;
    }

    synchronized void leave(String address) {
        all--;
        addresses.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    private static String addressOf(SocketAddress address) {
        return AddressLimit.key(
                address instanceof InetSocketAddress internet && internet.getAddress() != null
                        ? internet.getAddress().getHostAddress()
                        : null);
    }

    private static int openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(Integer.MAX_VALUE, system.getMaxFileDescriptorCount())
                : Integer.MAX_VALUE;
    }
}
