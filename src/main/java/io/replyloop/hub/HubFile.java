package io.replyloop.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One file of a model as the hub lists it.
 *
 * @param hash SHA-256 of the contents of a large file; of a small one, the SHA-1 of its git blob
 */
record HubFile(String name, long size, String hash) {
    /** 40 hex digits are a SHA-1 of git, 64 are a SHA-256. */
    boolean isGitHash() {
        return hash.length() == 40;
    }

    MessageDigest digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance(isGitHash() ? "SHA-1" : "SHA-256");
            if (isGitHash()) {
                digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            }
            return digest;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-1 and SHA-256", impossible);
        }
    }

    boolean matches(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).equals(hash.toLowerCase(Locale.ROOT));
    }
}
