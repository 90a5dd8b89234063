/**
 * Downloads checkpoints from a Hugging Face hub: only the files that a checkpoint needs, pinned to a commit, verified
 * by hash, resumed after interruptions. Independent of CDI and of the meaning of a checkpoint.
 */
package io.replyloop.hub;
