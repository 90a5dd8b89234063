/**
 * What a connection and a request have to keep to before anything else looks at them: how many from one address, how
 * long a head and a body may take, how a path is spelled. A body is read here without a thread that waits for it.
 */
package io.replyloop.edge;
