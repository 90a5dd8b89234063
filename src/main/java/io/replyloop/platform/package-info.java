/**
 * What all packages share, and nothing else: problems with their codes and their HTTP representation, the limit of
 * request bodies, streams and tables with a limit, pages of results, the application's folder, answers that are written to disk before they are sent, and
 * the guard against formulas in spreadsheets. A closed list.
 */
package io.replyloop.platform;
