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

/** A network between the command and the server; what it does to the bytes is up to its kinds. */
abstract class TestProxy implements AutoCloseable {
    private final ServerSocket entrance;
    private final int server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    TestProxy(int server) {
        this.server = server;
        try {
            entrance = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        daemon(this::accept);
    }

    /** Passes everything on until the end of the stream. */
    protected abstract void pass(InputStream in, OutputStream out, boolean fromServer) throws IOException;

    public final int port() {
        return entrance.getLocalPort();
    }

    protected final void dropAll() {
        sockets.forEach(TestProxy::drop);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(client);
                sockets.add(behind);
                daemon(() -> pass(client, behind, false));
                daemon(() -> pass(behind, client, true));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean fromServer) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            pass(in, out, fromServer);
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
        Thread thread = new Thread(work, "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public final void close() throws IOException {
        entrance.close();
        dropAll();
    }
}
