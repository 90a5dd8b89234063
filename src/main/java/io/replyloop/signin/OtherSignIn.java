package io.replyloop.signin;

import io.replyloop.identity.SignedInAgent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.NewCookie;
import java.util.HexFormat;
import java.util.UUID;

/** Signs somebody in whose identity was verified in another way than by a password. */
@ApplicationScoped
public class OtherSignIn {
    private final SignIn signIn;
    private final SessionCookie cookie;
    private final SignedInDevices devices;

    OtherSignIn(SignIn signIn, SessionCookie cookie, SignedInDevices devices) {
        this.signIn = signIn;
        this.cookie = cookie;
        this.devices = devices;
    }

    /**
     * @param sessionHash by which the session is known, and which grants no access
     * @param cookies for the answer
     */
    public record Opened(byte[] sessionHash, NewCookie[] cookies) {}

    /** In the transaction that has made sure that the account is active, and stays so. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Opened open(SignedInAgent agent, SessionDevice device) {
        SignIn.Opened opened = signIn.open(agent, device);
        return new Opened(opened.token().hash(), cookie.of(opened));
    }

    /** Ends a session that has ended where it began. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void end(UUID account, byte[] sessionHash) {
        devices.endIfOpen(account, HexFormat.of().formatHex(sessionHash));
    }
}
