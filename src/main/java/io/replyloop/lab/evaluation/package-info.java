/**
 * Measures what a team's agents would see: its knowledge base and questions are played through retrieval, ranking and
 * shortlist from the first day on, beside baselines. Needs no database; {@link io.replyloop.lab.evaluation.Product} is the one
 * class that knows how the product makes suggestions.
 */
package io.replyloop.lab.evaluation;
