/**
 * Reports for those who lead a team: what agents do with suggestions, how long answers take, how far the knowledge base
 * reaches, and what learning has brought. Everything is counted when it is asked for; the one thing that is stored is
 * what a ranker that has learned nothing would have shown.
 */
package io.replyloop.reports;
