package io.replyloop.lab.evaluation;

import java.util.UUID;

/** A method that suggests replies to a team. */
interface Suggester extends AutoCloseable {
    void publish(KnowledgeBase.Reply reply);

    /** An agent has chosen this reply. */
    void decided(Moment moment, UUID reply);

    /** A question that is known to be answered by this reply, as after an import. */
    default void known(Moment moment, UUID reply) {
        decided(moment, reply);
    }

    Suggestions suggest(Moment moment);

    @Override
    void close();
}
