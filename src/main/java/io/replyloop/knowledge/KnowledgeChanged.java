package io.replyloop.knowledge;

/** The knowledge base has a new revision. Fired inside the transaction; observe it after success. */
public record KnowledgeChanged(long revision) {}
