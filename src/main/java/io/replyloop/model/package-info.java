/**
 * Model versions on disk and in the database, and which of them serves: installation, verification, promotion,
 * rollback.
 */
package io.replyloop.model;
