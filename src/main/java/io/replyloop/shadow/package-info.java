/**
 * A challenger in the shadow: a model that ranks what customers ask beside the serving one, seen by nobody, and how what it
 * would have shown compares with what agents did.
 */
package io.replyloop.shadow;
