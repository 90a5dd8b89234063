/**
 * Who people are: the team's accounts and their roles, and customers with the signed tokens that they show, and that
 * can be taken back from them.
 */
package io.replyloop.identity;
