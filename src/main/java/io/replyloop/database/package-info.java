/**
 * An embedded PostgreSQL for installations without one: unpacked from the platform's binaries, started when its address
 * is first requested, stored in the data folder and restarted if it terminates; it runs before there are any beans.
 * Also, for any database, the check whether it can store messages, and connections outside the pool.
 */
package io.replyloop.database;
