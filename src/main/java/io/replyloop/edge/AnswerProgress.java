package io.replyloop.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client reads nothing of the pending response, whatever it sends meanwhile. Closes the
 * channel itself: higher up, Vert.x would first try to write the unread data.
 */
final class AnswerProgress extends IdleStateHandler {
    /** @param within how long the client may go without reading a single byte */
    AnswerProgress(Duration within) {
        super(true, 0, within.toMillis(), 0, TimeUnit.MILLISECONDS);
    }

    /** Not passed on: later handlers would take it for a completely idle connection. */
    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        if (waiting != null && !waiting.isEmpty()) {
            context.close();
        }
    }
}
