/**
 * Fetches checkpoints from a Hugging Face hub: only the files that a checkpoint needs, pinned to a commit, checked by
 * hash, resumed after a cut. Knows neither CDI nor what a checkpoint means.
 */
package io.replyloop.hub;
