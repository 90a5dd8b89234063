/**
 * What every package shares and nothing else: problems with their codes and how they leave over HTTP, the limit of
 * request bodies, pages of results, where the application keeps its files, answers that are written to the disk first,
 * and cells that spreadsheets do not run. A closed list.
 */
package io.replyloop.platform;
