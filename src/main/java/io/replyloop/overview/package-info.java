/**
 * The page that the administration opens with: what goes on now, the last days beside those before, the serving model, and
 * the first steps of a new installation, each of which is looked up and none of which is remembered.
 */
package io.replyloop.overview;
