package io.replyloop.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bad network: drops every connection at once after each so many bytes. Bytes and not packets: how many packets the
 * same frames make depends on how busy the machine is.
 */
public final class CuttingProxy extends TestProxy {
    private final int bytesPerCut;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger cutsLeft;

    public CuttingProxy(int server, int bytesPerCut, int cuts) {
        super(server);
        this.bytesPerCut = bytesPerCut;
        this.cutsLeft = new AtomicInteger(cuts);
    }

    public int cutsLeft() {
        return Math.max(0, cutsLeft.get());
    }

    @Override
    protected void pass(InputStream in, OutputStream out, boolean fromServer) throws IOException {
        byte[] part = new byte[4_096];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            out.write(part, 0, read);
            out.flush();
            count(read);
        }
    }

    private void count(int more) {
        long before = bytes.getAndAdd(more);
        boolean due = before / bytesPerCut != (before + more) / bytesPerCut;
        if (due && cutsLeft.getAndDecrement() > 0) {
            dropAll();
        }
    }
}
