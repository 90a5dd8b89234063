package io.replyloop.model;

import java.util.Set;
import java.util.UUID;

/** Which models have learned from customers who were erased since. Offered by the package that keeps the training runs. */
public interface LearnedFromErased {
    Set<UUID> models();
}
