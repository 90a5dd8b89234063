package io.replyloop.site;

/** Some site is new or different. Fired inside the transaction. */
record SitesChanged() {}
