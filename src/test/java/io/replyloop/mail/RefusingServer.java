package io.replyloop.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An SMTP server that refuses every recipient with an answer of its own. */
final class RefusingServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String answer;

    RefusingServer(String answer) throws IOException {
        this.answer = answer;
        socket = new ServerSocket(MailPorts.smtp(), 10, InetAddress.getByName("localhost"));
        Thread thread = new Thread(this::serve, "refusing-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException gone) {
                // The client has hung up, or the test has ended.
                continue;
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        say(client, "220 refusing.example");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("RCPT")) {
                say(client, answer);
            } else if (line.startsWith("QUIT")) {
                say(client, "221 bye");
                return;
            } else {
                say(client, "250 refusing.example");
            }
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
