package io.replyloop.lab.evaluation;

import java.util.UUID;

/** A baseline that learns a reply by the texts that belong to it: its own, and the questions that it has answered. */
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
