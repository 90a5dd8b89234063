package io.replyloop.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Recognises what a program sends again because it has not got the answer, by the key that it has given the request. Of
 * request and answer only what they were about is kept, so that an erased customer is not in a stored answer.
 */
@ApplicationScoped
@Transactional
class ProgramRequests {
    static final int LONGEST_KEY = 200;

    private final Session session;
    private final ObjectMapper json;
    private final DeskConfig config;

    ProgramRequests(Session session, ObjectMapper json, DeskConfig config) {
        this.session = session;
        this.json = json;
        this.config = config;
    }

    /**
     * @param key which the program has given it; null for none, which is recognised as nothing
     * @param body with all that it asks for
     */
    record Request(UUID program, byte[] key, byte[] body) {
        boolean isNamed() {
            return key != null;
        }
    }

    /** @param counted whether feedback was the first to these suggestions */
    record Earlier(UUID impression, boolean counted) {}

    /** @param of what kind it is: the same key names another request there */
    Request request(UUID program, String kind, String key, Object body) {
        if (key == null) {
            return new Request(program, null, null);
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new Problem(
                    ProblemCode.INVALID, "Idempotency-Key: has 1 to " + LONGEST_KEY + " characters, such as a UUID.");
        }
        return new Request(program, Sha256.of(kind + ' ' + key), Sha256.of(write(body)));
    }

    /** What came of the same request before. */
    Optional<Earlier> earlier(Request request) {
        return request.isNamed() ? find(request) : Optional.empty();
    }

    /** To be called where the request is carried out. Whoever sends the same meanwhile waits here, and finds it. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<Earlier> claim(Request request) {
        if (!request.isNamed()) {
            return Optional.empty();
        }
        int first = session.createNativeMutationQuery("insert into program_request (account_id, key_hash, body_hash)"
                        + " values (:account, :key, :body) on conflict do nothing")
                .setParameter("account", request.program())
                .setParameter("key", request.key())
                .setParameter("body", request.body())
                .executeUpdate();
        return first == 1 ? Optional.empty() : find(request);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void done(Request request, UUID impression, boolean counted) {
        if (request.isNamed()) {
            session.createNativeMutationQuery(
                            "update program_request set impression_id = :impression, counted = :counted"
                                    + " where account_id = :account and key_hash = :key")
                    .setParameter("impression", impression)
                    .setParameter("counted", counted)
                    .setParameter("account", request.program())
                    .setParameter("key", request.key())
                    .executeUpdate();
        }
    }

    @Scheduled(every = "1h", delayed = "7m")
    void forgetOld() {
        session.createNativeMutationQuery("delete from program_request where created_at < :before")
                .setParameter("before", Instant.now().minus(config.repeatsFor()))
                .executeUpdate();
    }

    private Optional<Earlier> find(Request request) {
        Optional<Tuple> found = session.createNativeQuery(
                        "select body_hash, impression_id, counted from program_request"
                                + " where account_id = :account and key_hash = :key",
                        Tuple.class)
                .setParameter("account", request.program())
                .setParameter("key", request.key())
                .getResultStream()
                .findFirst();
        if (found.isPresent() && !MessageDigest.isEqual(found.get().get("body_hash", byte[].class), request.body())) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "This Idempotency-Key was sent with another body already. Give each request a key of its own, and"
                            + " send the same body when you repeat one.");
        }
        return found.map(row -> new Earlier(row.get("impression_id", UUID.class), row.get("counted", Boolean.class)));
    }

    private String write(Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
