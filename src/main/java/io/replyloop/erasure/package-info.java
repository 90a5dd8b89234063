/** Erases customers with everything that was learned from them, by hand or after a time, and gives out what is known. */
package io.replyloop.erasure;
