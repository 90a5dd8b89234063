/**
 * What nobody could answer: questions without a suggestion that fits, put into groups by their meaning, from which admins
 * write replies; also replies from a single conversation, and a look for those that say the same already.
 */
package io.replyloop.gaps;
