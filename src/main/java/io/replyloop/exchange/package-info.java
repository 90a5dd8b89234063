/**
 * Exports the knowledge base as JSONL and CSV, imports it from these and from files of other programs with a report for
 * each line, and imports the demo knowledge base.
 */
package io.replyloop.exchange;
