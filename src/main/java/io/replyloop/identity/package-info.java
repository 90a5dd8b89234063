/**
 * Who people are: the team's accounts and their roles, and customers with the signed tokens that they show, and
 * that can be taken back from them. May call {@code site}, which knows the site that a customer's token is for.
 */
package io.replyloop.identity;
