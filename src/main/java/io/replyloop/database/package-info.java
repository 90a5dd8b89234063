/**
 * A PostgreSQL of the application's own, for those who have none: unpacked from the platform's binaries, started on the
 * first question for its address, kept in the data folder and started again when it ends. And whether the database,
 * whosoever it is, takes messages now. Calls no other room; all but the latter runs before there is any bean.
 */
package io.replyloop.database;
