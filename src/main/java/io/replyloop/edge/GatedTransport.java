package io.replyloop.edge;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.spi.VertxServiceProvider;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Puts the {@link ConnectionGate} in front of every server of this process. Quarkus does not let applications register
 * a connection handler, and never sees a connection that sends nothing; a transport sees them all. Vert.x finds this
 * class as a service.
 */
public final class GatedTransport extends JDKTransport implements VertxServiceProvider {
    private ConnectionGate gate;

    public GatedTransport() {}

    GatedTransport(ConnectionGate gate) {
        this.gate = gate;
    }

    @Override
    public void init(VertxBuilder builder) {
        if (builder.findTransport() == JDKTransport.INSTANCE) {
            SmallRyeConfig settings = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
            boolean behindProxy = isOn(settings, "quarkus.http.proxy.proxy-address-forwarding")
                    || isOn(settings, "quarkus.http.proxy.use-proxy-protocol");
            Duration idle = settings.getOptionalValue("quarkus.http.idle-timeout", Duration.class)
                    .orElse(Duration.ofMinutes(1));
            gate = new ConnectionGate(settings.getConfigMapping(EdgeConfig.class), idle, behindProxy);
            builder.findTransport(this);
        }
    }

    private static boolean isOn(SmallRyeConfig settings, String property) {
        return settings.getOptionalValue(property, Boolean.class).orElse(false);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        if (domainSocket) {
            return super.serverChannelFactory(true);
        }
        return () -> {
            NioServerSocketChannel channel = new NioServerSocketChannel();
            channel.pipeline().addLast(gate);
            return channel;
        };
    }
}
