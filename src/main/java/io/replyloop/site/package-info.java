/**
 * Sites: where the widget may be embedded, how it looks there, and the headers that tell browsers so. Calls no other
 * package.
 */
package io.replyloop.site;
