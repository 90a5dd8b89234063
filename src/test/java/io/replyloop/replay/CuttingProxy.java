package io.replyloop.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bad network: passes bytes on to a server, and drops every connection at once after each so many bytes.
 * Bytes and not packets: how many packets the same frames make depends on how busy the machine is.
 */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket entrance;
    private final int server;
    private final int bytesPerCut;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger cutsLeft;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    CuttingProxy(int server, int bytesPerCut, int cuts) {
        this.server = server;
        this.bytesPerCut = bytesPerCut;
        this.cutsLeft = new AtomicInteger(cuts);
        try {
            entrance = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        daemon(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    int cutsLeft() {
        return Math.max(0, cutsLeft.get());
    }

    private void count(int more) {
        long before = bytes.getAndAdd(more);
        boolean due = before / bytesPerCut != (before + more) / bytesPerCut;
        if (due && cutsLeft.getAndDecrement() > 0) {
            sockets.forEach(CuttingProxy::drop);
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(client);
                sockets.add(behind);
                daemon(() -> pass(client, behind));
                daemon(() -> pass(behind, client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] part = new byte[4_096];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                out.write(part, 0, read);
                out.flush();
                count(read);
            }
        } catch (IOException wasCut) {
            // What a cut looks like from here.
        } finally {
            sockets.remove(from);
            drop(from);
            drop(to);
        }
    }

    private static void drop(Socket socket) {
        try {
            // A reset, so that bytes on their way are lost as in a real break.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyGone) {
            // Dropped is dropped.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        sockets.forEach(CuttingProxy::drop);
    }
}
