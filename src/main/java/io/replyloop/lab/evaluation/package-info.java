/**
 * Measures the suggestions that a team's agents would see: its knowledge base and questions go through retrieval, ranking
 * and shortlist from the first day on, beside baselines. Needs no database. Only
 * {@link io.replyloop.lab.evaluation.Product} knows how the product makes suggestions.
 */
package io.replyloop.lab.evaluation;
