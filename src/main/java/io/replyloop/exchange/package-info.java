/**
 * Takes the knowledge base in and out as JSONL and CSV, with a report line by line, and brings the demo knowledge base.
 * May call knowledge and platform.
 */
package io.replyloop.exchange;
