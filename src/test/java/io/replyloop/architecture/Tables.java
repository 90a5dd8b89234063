package io.replyloop.architecture;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which package owns which table: the tables of {@code src/docs/architecture.md}, which a test compares with these. A
 * package's SQL names its own tables and no others; what others need of them, the owner offers.
 */
final class Tables {
    /** @param why one statement has to read both */
    record CrossRead(String reader, Set<String> tables, String why) {}

    static final Map<String, Set<String>> OWNED = Map.ofEntries(
            entry("audit", Set.of("audit_entry")),
            entry("site", Set.of("site", "site_form", "site_hours", "site_logo", "site_sighting", "site_welcome")),
            entry(
                    "identity",
                    Set.of(
                            "agent_account",
                            "blocked_customer",
                            "customer",
                            "customer_form",
                            "customer_merge",
                            "customer_note",
                            "customer_visit",
                            "erased_customer",
                            "signing_key")),
            entry(
                    "signin",
                    Set.of(
                            "account_link",
                            "agent_session",
                            "forgotten_password",
                            "mailed_password_link",
                            "recovery_code",
                            "second_factor",
                            "password_rule",
                            "second_factor_rule",
                            "session_end",
                            "setup_link",
                            "sign_in_failure")),
            entry("mail", Set.of("mail")),
            entry("correspondence", Set.of("mailbox", "received_mail", "unread_answer")),
            entry("singlesignon", Set.of("identity_provider", "provided_identity", "provided_session")),
            entry("programs", Set.of("program_token")),
            entry("webhooks", Set.of("webhook", "webhook_delivery", "webhook_stream")),
            entry("attachment", Set.of("attachment", "attachment_chunk", "attachment_content", "attachment_variant")),
            entry(
                    "conversation",
                    Set.of(
                            "conversation",
                            "conversation_event",
                            "conversation_label",
                            "conversation_rating",
                            "outside_conversation",
                            "saved_view")),
            entry("desk", Set.of("program_request")),
            entry("draft", Set.of("agent_draft")),
            entry(
                    "knowledge",
                    Set.of(
                            "answered_question",
                            "frequent_reply",
                            "frequent_reply_verdict",
                            "knowledge_revision",
                            "rejected_question",
                            "reply",
                            "reply_version")),
            entry("retrieval", Set.of("question_vector", "rejected_question_vector", "reply_vector", "text_encoder")),
            entry("model", Set.of("model_promotion", "model_retention", "model_version")),
            entry("suggestion", Set.of("impression", "impression_candidate")),
            entry("feedback", Set.of("decision")),
            entry("gaps", Set.of("gap", "gap_question")),
            entry(
                    "history",
                    Set.of(
                            "history_answer",
                            "history_conversation",
                            "history_draft",
                            "history_import",
                            "history_vector")),
            entry("erasure", Set.of("erasure", "retention_rule")),
            entry("curation", Set.of("curation_act", "curation_finding", "curation_look", "curation_settled")),
            entry("reports", Set.of("first_day_rank")),
            entry("overview", Set.of("first_steps_put_away")),
            entry("search", Set.of("search_progress", "searchable_message")),
            entry("routing", Set.of("agent_availability", "routing_offer", "site_routing", "team", "team_member")),
            entry(
                    "dataset",
                    Set.of(
                            "dataset_example",
                            "dataset_import",
                            "dataset_part",
                            "dataset_side",
                            "dataset_version",
                            "erased_conversation",
                            "example",
                            "imported_conversation",
                            "imported_example",
                            "past_example",
                            "snapshot_example")),
            entry(
                    "training",
                    Set.of(
                            "flipped_case",
                            "promotion_policy",
                            "run_mail_wish",
                            "training_log",
                            "training_point",
                            "training_run",
                            "training_schedule",
                            "training_schedule_outcome")),
            entry("shadow", Set.of("shadow", "shadow_impression")));

    /** Reading alone: nobody writes what another owns. */
    static final List<CrossRead> CROSS_READS = List.of(
            new CrossRead(
                    "conversation",
                    Set.of("agent_account", "blocked_customer", "customer", "customer_merge", "team", "team_member"),
                    "a page of the inbox is one statement, names included"),
            new CrossRead("knowledge", Set.of("agent_account"), "versions are listed with who has made them"),
            new CrossRead("routing", Set.of("agent_account"), "who is there is one statement, names included"),
            new CrossRead(
                    "signin", Set.of("agent_account"), "each request needs a consistent view of session and account"),
            new CrossRead(
                    "programs",
                    Set.of("agent_account"),
                    "each request of a program needs a consistent view of its token, its account and who made it"),
            new CrossRead(
                    "suggestion",
                    Set.of("agent_account", "answered_question", "conversation", "conversation_event", "decision"),
                    "an impression is stored only while its conversation is there and its question is the newest"
                            + " message, and agents are told who answered one like it"),
            new CrossRead(
                    "feedback",
                    Set.of("conversation", "impression", "impression_candidate"),
                    "the summary and the unanswered questions count all decisions and everything shown"),
            new CrossRead(
                    "shadow",
                    Set.of("decision", "impression", "impression_candidate"),
                    "what would have been shown is compared with what was shown and decided"),
            new CrossRead(
                    "curation",
                    Set.of(
                            "agent_account",
                            "dataset_example",
                            "dataset_import",
                            "dataset_part",
                            "dataset_side",
                            "dataset_version",
                            "decision",
                            "example",
                            "history_conversation",
                            "history_import",
                            "imported_conversation",
                            "imported_example",
                            "impression",
                            "impression_candidate",
                            "snapshot_example"),
                    "a page of examples is one statement, provenance included"),
            new CrossRead(
                    "search", Set.of("conversation_event"), "the words of a message are stored only while it exists"),
            new CrossRead(
                    "overview",
                    Set.of(
                            "account_link",
                            "agent_account",
                            "conversation",
                            "conversation_event",
                            "history_import",
                            "reply",
                            "site",
                            "site_sighting"),
                    "how far a new installation has come is one statement, over whatever there is first"),
            new CrossRead(
                    "reports",
                    Set.of(
                            "agent_account",
                            "conversation",
                            "conversation_event",
                            "conversation_rating",
                            "decision",
                            "impression",
                            "impression_candidate",
                            "reply",
                            "reply_version"),
                    "a report is counted in few statements, over questions, decisions, messages, ratings and names"));

    /** Takes the names of its tables from those that own them. */
    static final Set<String> NAMED_BY_OWNERS = Set.of("privacy.StoredTexts");

    private Tables() {}
}
