package io.replyloop.lab.evaluation;

import java.util.UUID;

/** Suggests replies to a team that publishes and decides. One that is closed is not used again. */
interface Suggester extends AutoCloseable {
    void publish(KnowledgeBase.Reply reply);

    /** An agent has answered with this reply. */
    void decided(Moment moment, UUID reply);

    /** It is known beforehand that this reply answers it, as after an import. */
    default void known(Moment moment, UUID reply) {
        decided(moment, reply);
    }

    /** With all that was published and decided before. */
    Suggestions suggest(Moment moment);

    @Override
    void close();
}
