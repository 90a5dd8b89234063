package io.replyloop.site;

/** A site was created or changed. Fired inside the transaction. */
record SitesChanged() {}
