/**
 * A PostgreSQL of the application's own, for those who have none: unpacked from the platform's binaries, started on the
 * first question for its address, kept in the data folder. Calls no other room and runs before there is any bean.
 */
package io.replyloop.database;
