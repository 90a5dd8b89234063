package io.replyloop.history;

import java.util.Locale;
import java.util.Set;

/** What programs call those who write. */
final class Authors {
    private static final Set<String> CUSTOMERS = Set.of(
            "customer",
            "user",
            "visitor",
            "client",
            "end-user",
            "end_user",
            "enduser",
            "contact",
            "requester",
            "lead",
            "incoming",
            "inbound",
            "consumer",
            "guest",
            "buyer",
            "caller",
            "usr",
            "0",
            "kunde",
            "客户",
            "顾客",
            "用户",
            "访客");
    private static final Set<String> AGENTS = Set.of(
            "agent",
            "admin",
            "operator",
            "support",
            "staff",
            "outgoing",
            "outbound",
            "representative",
            "rep",
            "assistant",
            "employee",
            "teammate",
            "team",
            "human",
            "1",
            "mitarbeiter",
            "客服",
            "坐席",
            "客服人员");
    private static final Set<String> BOTS =
            Set.of("bot", "agent_bot", "agentbot", "automation", "workflow", "template", "auto", "机器人", "3");
    private static final Set<String> SYSTEM =
            Set.of("system", "activity", "event", "note", "internal", "private", "2", "系统");

    private Authors() {}

    /** By what the author is called; null for nobody who is known. */
    static Writer guessed(String author) {
        String name = author.strip().toLowerCase(Locale.ROOT);
        if (CUSTOMERS.contains(name)) {
            return Writer.CUSTOMER;
        }
        if (AGENTS.contains(name)) {
            return Writer.AGENT;
        }
        return BOTS.contains(name) ? Writer.BOT : null;
    }

    static boolean isSystem(String author) {
        return SYSTEM.contains(author.strip().toLowerCase(Locale.ROOT));
    }
}
