package io.replyloop.curation;

import java.util.UUID;

/** An example as a look through all of them reads it. */
record LookedAt(
        long id,
        UUID conversation,
        UUID impression,
        String query,
        UUID reply,
        String replyText,
        boolean fits,
        int version) {}
