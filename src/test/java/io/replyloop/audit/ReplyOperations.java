package io.replyloop.audit;

import static io.replyloop.signin.Team.as;

import io.replyloop.audit.HistoryOperations.Does;
import io.replyloop.signin.Team;
import java.util.List;
import java.util.Map;

/** What an admin can do with a reply besides writing, publishing and archiving it. */
final class ReplyOperations {
    private ReplyOperations() {}

    /** @param address of a reply of two versions */
    static void all(Team.Member admin, String address, Does does) {
        does.that(
                "restoreReplyVersion",
                as(admin).body(Map.of("version", 2)),
                "POST",
                address + "/versions/1/restore");
    }

    static Map<String, List<String>> expected() {
        return Map.of("restoreReplyVersion", List.of("account reply.changed"));
    }
}
