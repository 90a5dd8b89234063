/**
 * What every package shares and nothing else: problems with their codes and how they leave over HTTP, the limit of
 * request bodies, pages of results, and where the application keeps its files. A closed list.
 */
package io.replyloop.platform;
