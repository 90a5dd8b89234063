/**
 * Lets admins look over the labelled examples and correct them: search, corrections, exclusions and comments, each of
 * which is kept and can be undone.
 */
package io.replyloop.curation;
