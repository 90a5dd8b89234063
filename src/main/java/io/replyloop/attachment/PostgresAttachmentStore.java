package io.replyloop.attachment;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.hibernate.Session;

/** Contents in pieces, in the database that a backup contains anyway. */
@ApplicationScoped
class PostgresAttachmentStore implements AttachmentStore {
    private static final int PIECE = 256 << 10;

    /** Pieces that the driver reads ahead. */
    private static final int AHEAD = 4;

    private final Session session;

    PostgresAttachmentStore(Session session) {
        this.session = session;
    }

    @Override
    public void write(String sha256, Path file) {
        session.doWork(database -> {
            try (InputStream in = Files.newInputStream(file);
                    PreparedStatement insert = database.prepareStatement(
                            "insert into attachment_chunk (sha256, number, bytes) values (?, ?, ?)")) {
                insert.setBytes(1, HexFormat.of().parseHex(sha256));
                byte[] piece = in.readNBytes(PIECE);
                for (int number = 0; piece.length > 0; number++) {
                    insert.setInt(2, number);
                    insert.setBytes(3, piece);
                    insert.executeUpdate();
                    piece = in.readNBytes(PIECE);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    @Override
    public void read(String sha256, OutputStream out) {
        session.doWork(database -> read(database, sha256, out));
    }

    private static void read(Connection database, String sha256, OutputStream out) throws SQLException {
        try (PreparedStatement select =
                database.prepareStatement("select bytes from attachment_chunk where sha256 = ? order by number")) {
            select.setBytes(1, HexFormat.of().parseHex(sha256));
            select.setFetchSize(AHEAD);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    out.write(rows.getBytes(1));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The pieces go with the contents. */
    @Override
    public void delete(String sha256) {
        session.doWork(database -> {
            try (PreparedStatement delete =
                    database.prepareStatement("delete from attachment_chunk where sha256 = ?")) {
                delete.setBytes(1, HexFormat.of().parseHex(sha256));
                delete.executeUpdate();
            }
        });
    }
}
