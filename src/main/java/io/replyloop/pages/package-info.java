/**
 * The addresses of the web pages, whose files come from {@code web-ui}: an address without a trailing slash redirects
 * to its page.
 */
package io.replyloop.pages;
