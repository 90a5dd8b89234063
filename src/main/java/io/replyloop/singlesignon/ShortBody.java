package io.replyloop.singlesignon;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Keeps an answer in memory, and ends one that is longer than it may be. */
final class ShortBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> kept = BodySubscribers.ofByteArray();
    private final int longest;
    private Flow.Subscription subscription;
    private long length;

    ShortBody(int longest) {
        this.longest = longest;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return kept.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        kept.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
        length += part.stream().mapToLong(Buffer::remaining).sum();
        if (length > longest) {
            subscription.cancel();
            kept.onError(new IOException("the answer is too long"));
        } else {
            kept.onNext(part);
        }
    }

    @Override
    public void onError(Throwable failure) {
        kept.onError(failure);
    }

    @Override
    public void onComplete() {
        if (length <= longest) {
            kept.onComplete();
        }
    }
}
