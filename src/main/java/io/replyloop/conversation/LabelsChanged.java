package io.replyloop.conversation;

/** The labels that there are have changed; listen after the commit. */
public record LabelsChanged() {}
