package io.replyloop.site;

import java.util.UUID;

/** Some customers of the site may no longer do what they could. Fired inside the transaction. */
public record CustomerRulesTightened(UUID site) {}
