/**
 * A PostgreSQL of the application's own, for those who have none: unpacked from the platform's binaries, started on
 * the first question for its address, kept in the data folder and started again when it ends. And of the database,
 * whosoever it is, whether it takes messages now, and connections beside the pool. The embedded one runs before there
 * is any bean.
 */
package io.replyloop.database;
