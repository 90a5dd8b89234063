package io.replyloop.lab.evaluation;

import java.util.UUID;

/** A baseline that represents a reply by its texts: its own, and the questions that it has answered. */
abstract class TextBaseline implements Suggester {
    @Override
    public final void publish(KnowledgeBase.Reply reply) {
        add(reply.id(), CosineBaseline.text(reply));
    }

    @Override
    public final void decided(Moment moment, UUID reply) {
        add(reply, moment.withContext());
    }

    abstract void add(UUID reply, String text);
}
