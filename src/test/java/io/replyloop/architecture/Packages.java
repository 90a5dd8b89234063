package io.replyloop.architecture;

import java.util.Map;
import java.util.Set;

/** Which package may call which: the table of {@code src/docs/architecture.md}, which a test compares with this one. */
final class Packages {
    /** Called by everybody, and calling nobody. */
    static final String PLATFORM = "platform";

    static final Map<String, Set<String>> MAY_CALL = Map.ofEntries(
            Map.entry(PLATFORM, Set.of()),
            Map.entry("edge", Set.of("identity")),
            Map.entry("database", Set.of()),
            Map.entry("privacy", Set.of()),
            Map.entry("pages", Set.of()),
            Map.entry("openapi", Set.of()),
            Map.entry("audit", Set.of("privacy")),
            Map.entry("site", Set.of("audit")),
            Map.entry("identity", Set.of("audit", "privacy", "site")),
            Map.entry("mail", Set.of("identity", "privacy")),
            Map.entry("signin", Set.of("audit", "identity", "mail")),
            Map.entry("singlesignon", Set.of("audit", "identity", "signin")),
            Map.entry("programs", Set.of("audit", "identity")),
            Map.entry("attachment", Set.of("identity", "privacy", "site")),
            Map.entry("conversation", Set.of("attachment", "audit", "identity", "site")),
            Map.entry("correspondence", Set.of("attachment", "conversation", "identity", "mail", "privacy", "site")),
            Map.entry("draft", Set.of("conversation", "privacy")),
            Map.entry("knowledge", Set.of("audit", "privacy", "site")),
            Map.entry("exchange", Set.of("audit", "knowledge")),
            Map.entry("retrieval", Set.of("knowledge", "privacy")),
            Map.entry("bert.checkpoint", Set.of()),
            Map.entry("bert.tokenizer", Set.of("bert.checkpoint")),
            Map.entry("bert.network", Set.of("bert.checkpoint", "bert.tokenizer")),
            Map.entry("bert.training", Set.of("bert.checkpoint", "bert.network", "bert.tokenizer")),
            Map.entry("hub", Set.of()),
            Map.entry("model", Set.of("audit", "bert.checkpoint", "bert.network", "hub")),
            Map.entry(
                    "ranking",
                    Set.of("bert.checkpoint", "bert.network", "bert.tokenizer", "bert.training", "model", "retrieval")),
            Map.entry("suggestion", Set.of("conversation", "knowledge", "privacy", "ranking", "retrieval")),
            Map.entry(
                    "feedback", Set.of("conversation", "identity", "knowledge", "privacy", "retrieval", "suggestion")),
            Map.entry("dataset", Set.of("conversation", "feedback", "knowledge", "privacy", "ranking", "suggestion")),
            Map.entry(
                    "curation",
                    Set.of("audit", "dataset", "feedback", "knowledge", "privacy", "retrieval", "suggestion")),
            Map.entry(
                    "training",
                    Set.of(
                            "audit",
                            "bert.checkpoint",
                            "bert.training",
                            "conversation",
                            "dataset",
                            "feedback",
                            "mail",
                            "model",
                            "privacy",
                            "suggestion")),
            Map.entry(
                    "shadow",
                    Set.of("audit", "knowledge", "model", "privacy", "ranking", "retrieval", "suggestion", "training")),
            Map.entry(
                    "webhooks",
                    Set.of(
                            "attachment",
                            "audit",
                            "conversation",
                            "feedback",
                            "identity",
                            "model",
                            "privacy",
                            "training")),
            Map.entry(
                    "erasure",
                    Set.of("attachment", "audit", "conversation", "feedback", "identity", "mail", "privacy")),
            Map.entry("desk", Set.of("conversation", "erasure", "feedback", "identity", "suggestion")),
            Map.entry(
                    "gaps",
                    Set.of("audit", "conversation", "feedback", "knowledge", "privacy", "retrieval", "suggestion")),
            Map.entry(
                    "history",
                    Set.of(
                            "audit",
                            "dataset",
                            "erasure",
                            "exchange",
                            "gaps",
                            "knowledge",
                            "privacy",
                            "retrieval",
                            "suggestion")),
            Map.entry(
                    "training.worker",
                    Set.of(
                            "bert.checkpoint",
                            "bert.network",
                            "bert.tokenizer",
                            "bert.training",
                            "database",
                            "dataset",
                            "knowledge",
                            "model",
                            "privacy",
                            "ranking",
                            "retrieval",
                            "suggestion",
                            "training")),
            Map.entry(
                    "reports", Set.of("audit", "knowledge", "model", "ranking", "retrieval", "suggestion", "training")),
            Map.entry("demo", Set.of("conversation", "identity", "site")),
            Map.entry("overview", Set.of("audit", "model", "reports", "routing", "site", "training")),
            Map.entry("search", Set.of("conversation", "identity", "retrieval")),
            Map.entry("routing", Set.of("audit", "conversation", "identity", "site")),
            Map.entry("frames", Set.of("attachment", "conversation", "draft", "feedback", "identity", "routing")),
            Map.entry("warmup", Set.of("conversation", "feedback", "frames", "identity", "site", "suggestion")),
            Map.entry("live.cluster", Set.of("conversation", "database")),
            Map.entry(
                    "live",
                    Set.of(
                            "attachment",
                            "conversation",
                            "draft",
                            "feedback",
                            "frames",
                            "identity",
                            "live.cluster",
                            "routing",
                            "signin",
                            "suggestion")),
            Map.entry("lab.bench", Set.of("bert.checkpoint", "bert.network", "bert.tokenizer", "bert.training")),
            Map.entry("lab.corpus", Set.of("bert.training", "knowledge", "retrieval")),
            Map.entry(
                    "lab.recipe",
                    Set.of(
                            "bert.checkpoint",
                            "bert.network",
                            "bert.tokenizer",
                            "bert.training",
                            "knowledge",
                            "lab.corpus",
                            "ranking",
                            "retrieval")),
            Map.entry(
                    "lab.evaluation",
                    Set.of(
                            "bert.network",
                            "bert.training",
                            "dataset",
                            "exchange",
                            "history",
                            "knowledge",
                            "lab.corpus",
                            "model",
                            "ranking",
                            "retrieval",
                            "suggestion",
                            "training.worker")),
            Map.entry("lab.replay", Set.of("lab.corpus")),
            Map.entry(
                    "cli",
                    Set.of(
                            "bert.checkpoint",
                            "bert.network",
                            "bert.tokenizer",
                            "bert.training",
                            "database",
                            "hub",
                            "lab.bench",
                            "lab.corpus",
                            "lab.evaluation",
                            "lab.recipe",
                            "lab.replay",
                            "model",
                            "ranking",
                            "signin",
                            "training.worker")));

    private Packages() {}
}
