/**
 * The addresses of the web pages, whose files come from {@code web-ui}: an address that lacks its last slash still
 * leads to its page.
 */
package io.replyloop.pages;
