package io.replyloop.architecture;

import java.util.Map;
import java.util.Set;

/** Which room may call which: the table of {@code src/docs/architecture.md}, which a test compares with this one. */
final class Rooms {
    /** Called by everybody, and calling nobody. */
    static final String PLATFORM = "platform";

    static final Map<String, Set<String>> MAY_CALL = Map.ofEntries(
            Map.entry(PLATFORM, Set.of()),
            Map.entry("database", Set.of()),
            Map.entry("privacy", Set.of()),
            Map.entry("edge", Set.of("identity")),
            Map.entry("pages", Set.of()),
            Map.entry("openapi", Set.of()),
            Map.entry("site", Set.of()),
            Map.entry("identity", Set.of("site")),
            Map.entry("signin", Set.of("identity")),
            Map.entry("conversation", Set.of("identity", "site")),
            Map.entry("knowledge", Set.of("identity", "privacy")),
            Map.entry("exchange", Set.of("knowledge", "identity")),
            Map.entry("retrieval", Set.of("knowledge", "privacy")),
            Map.entry("bert", Set.of()),
            Map.entry("hub", Set.of()),
            Map.entry("recipe", Set.of("bert", "knowledge", "ranking", "retrieval")),
            Map.entry("model", Set.of("bert", "hub", "identity")),
            Map.entry("ranking", Set.of("bert", "model", "retrieval")),
            Map.entry("suggestion", Set.of("conversation", "knowledge", "retrieval", "ranking", "identity", "privacy")),
            Map.entry(
                    "feedback",
                    Set.of("suggestion", "ranking", "retrieval", "conversation", "knowledge", "identity", "privacy")),
            Map.entry("dataset", Set.of("feedback", "suggestion", "conversation", "knowledge", "identity", "privacy")),
            Map.entry(
                    "training",
                    Set.of(
                            "database",
                            "dataset",
                            "feedback",
                            "retrieval",
                            "model",
                            "ranking",
                            "bert",
                            "identity",
                            "privacy")),
            Map.entry("frames", Set.of("conversation", "identity")),
            Map.entry("rehearsal", Set.of("frames", "conversation", "suggestion", "feedback", "identity", "site")),
            Map.entry(
                    "live",
                    Set.of("database", "frames", "conversation", "suggestion", "feedback", "identity", "signin")),
            Map.entry("replay", Set.of()),
            Map.entry(
                    "evaluation",
                    Set.of(
                            "exchange",
                            "knowledge",
                            "retrieval",
                            "bert",
                            "model",
                            "ranking",
                            "suggestion",
                            "dataset",
                            "training")),
            Map.entry(
                    "cli",
                    Set.of(
                            "database",
                            "bert",
                            "hub",
                            "model",
                            "ranking",
                            "recipe",
                            "training",
                            "replay",
                            "evaluation")));

    private Rooms() {}
}
