/** What nodes tell each other, over PostgreSQL. */
package io.replyloop.live.cluster;
