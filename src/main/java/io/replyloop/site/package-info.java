/** Sites: where the widget may be embedded, how it looks there, and the headers that tell browsers so. */
package io.replyloop.site;
