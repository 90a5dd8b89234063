/**
 * The ranker behind another desk: a program asks for replies to its customers' questions, and says what became of them.
 * What is learned from that is learned as from the console.
 */
package io.replyloop.desk;
