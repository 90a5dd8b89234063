package io.replyloop.site;

import java.util.UUID;

/** Some customers of the site may have lost permissions. Fired inside the transaction. */
public record CustomerRulesTightened(UUID site) {}
