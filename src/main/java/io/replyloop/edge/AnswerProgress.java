package io.replyloop.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection that takes nothing of what waits for it, whatever it sends meanwhile. At the channel itself: to close
 * it further up, Vert.x would first write to the end what nobody reads.
 */
final class AnswerProgress extends IdleStateHandler {
    /** @param within how long not a single byte may be taken */
    AnswerProgress(Duration within) {
        super(true, 0, within.toMillis(), 0, TimeUnit.MILLISECONDS);
    }

    /** Told to nobody else: further up it would be taken for a connection on which nothing happens at all. */
    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        if (waiting != null && !waiting.isEmpty()) {
            context.close();
        }
    }
}
