package io.replyloop.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Closes a connection whose next request does not arrive in time. The clock runs from the start of the connection,
 * later from the first byte after a response, until the head of a request is complete; it stops while a request is
 * being handled. A response sent before the whole body was read closes the connection shortly afterwards, unless the
 * next request arrives first.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {
    enum Progress {
        REQUEST,
        ANSWERED,
        /** Answered before the whole request had been read. */
        ANSWERED_EARLY,
        /** A WebSocket or HTTP/2, which have their own rules about silence. */
        ANOTHER_PROTOCOL
    }

    // Uses only JDK types: in dev mode, this class is loaded once per process and its callers are reloaded.
    private static final AttributeKey<Consumer<String>> KEY = AttributeKey.valueOf("replyloop.head-deadline");

    /**
     * Time for the client to read the response; if the connection were closed immediately, the response could be lost.
     */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final Duration within;
    private final Duration idle;
    private ScheduledFuture<?> timer;
    private int underWay;
    private boolean inHead = true;
    private boolean over;

    /**
     * @param idle how long a connection may wait for its next request; also applies to bytes that arrive before the
     *     response is sent
     */
    HeadDeadline(Duration within, Duration idle) {
        this.within = within;
        this.idle = idle;
    }

    static void tell(Channel connection, Progress progress) {
        Consumer<String> deadline = connection.attr(KEY).get();
        if (deadline == null) {
            return;
        }
        if (connection.eventLoop().inEventLoop()) {
            deadline.accept(progress.name());
        } else {
            connection.eventLoop().execute(() -> deadline.accept(progress.name()));
        }
    }

    private void heard(ChannelHandlerContext context, String progress) {
        stop();
        switch (Progress.valueOf(progress)) {
            case REQUEST -> {
                underWay++;
                inHead = false;
            }
            case ANSWERED -> {
                underWay = Math.max(0, underWay - 1);
                start(context, idle);
            }
            case ANSWERED_EARLY -> {
                underWay = Math.max(0, underWay - 1);
                start(context, LINGER);
            }
            case ANOTHER_PROTOCOL -> over = true;
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.channel().attr(KEY).set(progress -> heard(context, progress));
        start(context, within);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!inHead && underWay == 0) {
            inHead = true;
            start(context, within);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        over = true;
        stop();
        context.fireChannelInactive();
    }

    private void start(ChannelHandlerContext context, Duration within) {
        stop();
        if (over || underWay > 0) {
            return;
        }
        timer = context.executor().schedule(() -> context.close(), within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
