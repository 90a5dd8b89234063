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

/** A network that can be cut: passes bytes on to a server, until every connection is dropped at once. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket entrance;
    private final int server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    CuttingProxy(int server) {
        this.server = server;
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

    /** Drops all connections; returns how many there were. */
    int cut() {
        int count = sockets.size();
        sockets.forEach(CuttingProxy::drop);
        return count;
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
        cut();
    }
}
