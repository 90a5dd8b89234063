/** What only a demo has: customers who come when somebody asks for them, so that the console has something to answer. */
package io.replyloop.demo;
