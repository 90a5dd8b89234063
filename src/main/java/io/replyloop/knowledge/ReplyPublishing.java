package io.replyloop.knowledge;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Publishes replies that nobody looks at by themselves. */
@ApplicationScoped
@Transactional
class ReplyPublishing {
    private final KnowledgeService knowledge;

    ReplyPublishing(KnowledgeService knowledge) {
        this.knowledge = knowledge;
    }

    /** Not with something left to fill in, also where a colleague has written it since the page was loaded. */
    ReplyView publish(UUID id, UUID by) {
        // Under the lock, so that the text that is read is the one that is published.
        Reply reply = knowledge.edit(by).reply(id);
        if (reply.state != ReplyState.PUBLISHED) {
            ReplyVariables.leftOpen(reply.text).ifPresent(word -> {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        "\"" + word + "\" still stands in the text of the reply '" + reply.title
                                + "'. Open it to fill it in, or to publish it all the same.");
            });
        }
        return knowledge.publish(id, by);
    }
}
