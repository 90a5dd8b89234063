package io.replyloop.model;

import java.util.Set;
import java.util.UUID;

/** Which models have learned from customers who were erased later. Implemented by the package of the training runs. */
public interface LearnedFromErased {
    Set<UUID> models();
}
