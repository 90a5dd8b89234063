package io.replyloop.knowledge;

/** What tests have published. Those of one run share a database, so each leaves nothing that others would find. */
public final class PublishedReplies {
    private PublishedReplies() {}

    /** Only what is published: to archive all that other tests have archived would take longer with each of them. */
    public static void archiveAll(KnowledgeService knowledge) {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
    }
}
