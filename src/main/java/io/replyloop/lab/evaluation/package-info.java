/**
 * Evaluates the suggestions that a team's agents would see: its knowledge base and questions pass through retrieval,
 * ranking and shortlist from the first day on, in comparison with baselines. Needs no database. Only
 * {@link io.replyloop.lab.evaluation.Product} knows how the product makes suggestions.
 */
package io.replyloop.lab.evaluation;
