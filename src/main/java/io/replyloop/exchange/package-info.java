/**
 * Takes the knowledge base out as JSONL and CSV, and in from these and from files of other programs, with a report
 * line by line; brings the demo knowledge base.
 */
package io.replyloop.exchange;
