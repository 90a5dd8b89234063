/**
 * Sites: where the widget may be embedded, how it looks there, and the headers that enforce this in browsers; when the team
 * of a site is there.
 */
package io.replyloop.site;
