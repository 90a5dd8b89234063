/** Sites: where the widget may be embedded, how it looks there, and the headers that enforce this in browsers. */
package io.replyloop.site;
