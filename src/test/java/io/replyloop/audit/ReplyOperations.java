package io.replyloop.audit;

import static io.replyloop.signin.Team.as;

import io.replyloop.audit.HistoryOperations.Does;
import io.replyloop.signin.Team;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What an admin can do with a reply besides writing, publishing and archiving it. */
final class ReplyOperations {
    private ReplyOperations() {}

    /** @param address of a reply of two versions */
    static void all(Team.Member admin, String address, Does does) {
        does.that("restoreReplyVersion", as(admin).body(Map.of("version", 2)), "POST", address + "/versions/1/restore");
        does.that(
                "setReplyReview",
                as(admin)
                        .body(Map.of(
                                "on", LocalDate.now(ZoneOffset.UTC).plusDays(30).toString())),
                "PUT",
                address.replace("/replies/", "/reply-reviews/"));
        String id = address.substring(address.lastIndexOf('/') + 1);
        Map<String, String> act = Map.of("what", "add-category", "category", "Toys");
        does.that(
                "actOnReplies",
                as(admin).body(Map.of("replies", List.of(id), "act", act)),
                "POST",
                "/api/replies/acts");
        translations(admin, address, does);
    }

    private static void translations(Team.Member admin, String address, Does does) {
        String group = address.replace("/replies/", "/reply-translations/");
        Map<String, String> draft = Map.of("title", "风筝", "text", "放风筝需要风。", "language", "zh");
        String other = does.that("translateReply", as(admin).body(draft), "POST", group)
                .path("id");
        does.that("unlinkReplyTranslation", as(admin), "DELETE", group);
        does.that("linkReplyTranslation", as(admin), "PUT", group + "/" + other);
    }

    static Map<String, List<String>> expected() {
        List<String> changed = List.of("account reply.changed");
        return Map.of(
                "restoreReplyVersion",
                changed,
                "setReplyReview",
                changed,
                "actOnReplies",
                changed,
                "translateReply",
                List.of("account reply.created", "account reply.changed"),
                "unlinkReplyTranslation",
                changed,
                "linkReplyTranslation",
                changed);
    }
}
