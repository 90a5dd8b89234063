package io.replyloop.exchange;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A digest of a file and of all effects of its import. An import with the digest of a preview does exactly what was
 * previewed, or nothing: a different file, different options or a change of the knowledge base result in a different
 * digest.
 */
final class Confirmation {
    private Confirmation() {}

    static String of(byte[] file, KnowledgeImport.Options options, ImportPlan plan) {
        MessageDigest digest = sha256();
        try (DataOutputStream out =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            out.writeInt(file.length);
            out.write(file);
            write(out, options.reading().toString(), String.valueOf(options.publish()));
            for (ImportReport.Result result : plan.results()) {
                out.writeInt(result.line());
                write(out, result.action().wireName(), result.message());
            }
            for (PlannedReply reply : plan.replies()) {
                if (reply.line > 0) {
                    out.writeInt(reply.line);
                    out.writeInt(reply.version);
                    // The id of a new reply is random.
                    write(
                            out,
                            reply.isNew ? "" : reply.id.toString(),
                            reply.draft().toString());
                    write(
                            out,
                            reply.state().wireName(),
                            List.copyOf(reply.newQuestions()).toString());
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void write(DataOutputStream out, String first, String second) throws IOException {
        byte[] both = (first + '\n' + second + '\n').getBytes(StandardCharsets.UTF_8);
        out.writeInt(both.length);
        out.write(both);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }
}
