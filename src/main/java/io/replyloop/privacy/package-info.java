/**
 * Finds in a text what names a person (e-mail addresses, telephone numbers, bank accounts, payment cards, resident
 * IDs) and masks it; masks what was stored before that was done.
 */
package io.replyloop.privacy;
