package io.replyloop.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets that the server itself has to read again (AES-256-GCM), with a key derived from one of the
 * {@link SigningKeys}. Whoever reads the table of the secrets alone learns nothing; whoever has the whole database has
 * the keys, too.
 */
@ApplicationScoped
public class SealedSecrets {
    private static final byte[] PURPOSE = "replyloop sealed secrets".getBytes(StandardCharsets.UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SigningKeys keys;

    SealedSecrets(SigningKeys keys) {
        this.keys = keys;
    }

    /** @param owner whose secret it is: sealed for one, it opens for nobody else */
    public byte[] seal(UUID owner, byte[] secret) {
        SigningKeys.Key key = keys.signing();
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, owner, secret);
        return ByteBuffer.allocate(ID + NONCE + sealed.length)
                .put(bytes(key.id()))
                .put(nonce)
                .put(sealed)
                .array();
    }

    public byte[] open(UUID owner, byte[] sealed) {
        ByteBuffer all = ByteBuffer.wrap(sealed);
        UUID id = new UUID(all.getLong(), all.getLong());
        byte[] nonce = new byte[NONCE];
        all.get(nonce);
        SigningKeys.Key key = keys.everKnown(id)
                .orElseThrow(() -> new IllegalStateException("The key " + id + " of a sealed secret is missing"));
        return cipher(Cipher.DECRYPT_MODE, key, nonce, owner, Arrays.copyOfRange(sealed, ID + NONCE, sealed.length));
    }

    private static byte[] cipher(int mode, SigningKeys.Key key, byte[] nonce, UUID owner, byte[] input) {
        try {
            // A key of its own for this purpose: the one that signs tokens encrypts nothing.
            Mac derivation = Mac.getInstance("HmacSHA256");
            derivation.init(new SecretKeySpec(key.secret(), "HmacSHA256"));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode, new SecretKeySpec(derivation.doFinal(PURPOSE), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bytes(owner));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("A sealed secret cannot be read", failure);
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
