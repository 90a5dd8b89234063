/** Measures how fast networks score and train, and whether they keep memory. */
package io.replyloop.lab.bench;
