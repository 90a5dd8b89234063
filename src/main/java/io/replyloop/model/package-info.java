/**
 * Model versions on disk and in the database, and which of them serves: installing, verifying, promoting, rolling back.
 * May call bert (to read a checkpoint before it is believed).
 */
package io.replyloop.model;
