/**
 * Model versions on disk and in the database, and which of them serves: installing, verifying, promoting, rolling
 * back.
 */
package io.replyloop.model;
