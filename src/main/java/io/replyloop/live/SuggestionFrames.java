package io.replyloop.live;

import io.replyloop.frames.AgentFrame;
import io.replyloop.frames.AgentFrame.Suggestions.Suggestion;
import io.replyloop.suggestion.SuggestionsView;
import io.replyloop.suggestion.Why;

/** Converts suggestions to frames. */
final class SuggestionFrames {
    private SuggestionFrames() {}

    static AgentFrame.Suggestions of(SuggestionsView view) {
        return new AgentFrame.Suggestions(
                view.conversation(),
                view.impression(),
                view.trigger(),
                view.items().stream()
                        .map(item -> new Suggestion(
                                item.reply(),
                                item.title(),
                                item.text(),
                                item.category(),
                                item.probability(),
                                item.confidence().wireName(),
                                of(item.why()),
                                item.choices()))
                        .toList(),
                view.modelNumber(),
                view.tookMillis());
    }

    private static AgentFrame.Suggestions.Why of(Why why) {
        return why == null ? null : new AgentFrame.Suggestions.Why(why.kind(), why.question(), why.by(), why.words());
    }
}
