package io.replyloop.history;

/** Who wrote a message of an imported conversation. */
public enum Writer {
    CUSTOMER,
    AGENT,
    /** Part of what a customer answered to, but nothing that an agent could learn from. */
    BOT
}
