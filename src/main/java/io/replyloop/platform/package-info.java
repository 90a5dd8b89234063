/**
 * What all packages share, and nothing else: problems with their codes and their HTTP representation, the limit of
 * request bodies, pages of results, and the application's folder. A closed list.
 */
package io.replyloop.platform;
