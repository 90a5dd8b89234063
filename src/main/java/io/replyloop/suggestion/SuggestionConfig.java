package io.replyloop.suggestion;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalDouble;

@ConfigMapping(prefix = "replyloop.suggestion")
interface SuggestionConfig {
    /** Messages of the conversation that the models read; what does not fit into the network falls off at the start. */
    @WithDefault("12")
    int turns();

    /** Candidates that the first stage may hand to the cross-encoder. */
    @WithDefault("200")
    int candidates();

    /** Suggestions on screen. */
    @WithDefault("3")
    int shown();

    /** Candidates stored with each impression, to learn from. */
    @WithDefault("50")
    int keptCandidates();

    /** Shows nothing below this probability, in place of the model's own threshold. */
    OptionalDouble threshold();

    /**
     * Share of the questions, 0.1 at most, whose suggestions are shown in a random order, from which is measured how much
     * agents go by the place of a suggestion; 0 for never.
     */
    @WithDefault("0")
    double shuffle();

    /** Conversations that are worked on at the same time; nearly all of that time they wait for the device together. */
    @WithDefault("12")
    int threads();

    /** Conversations that may wait for their turn; beyond that, suggestions come when an agent opens one. */
    @WithDefault("10000")
    int waiting();
}
