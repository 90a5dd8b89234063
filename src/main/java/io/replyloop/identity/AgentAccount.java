package io.replyloop.identity;

import io.replyloop.audit.AuditObject;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The account of a team member. Accounts are never deleted, because what their owners wrote stays; they are
 * deactivated.
 */
@Entity
@Table(name = "agent_account")
class AgentAccount {
    /** In place of a hash: no password fits. */
    static final String NO_PASSWORD = "none";

    @Id
    private UUID id;

    private String email;
    private String name;

    @Column(name = "password_hash")
    private String passwordHash;

    @Convert(converter = RoleColumn.class)
    private Role role;

    private boolean active;

    /** Under which a program acts; nobody can ever sign in with it. */
    private boolean program;

    @Column(name = "created_at")
    private Instant createdAt;

    protected AgentAccount() {}

    AgentAccount(String email, String name, Role role, String passwordHash) {
        this.id = UUID.randomUUID();
        this.email = normalised(email);
        this.name = name.strip();
        this.role = role;
        this.passwordHash = passwordHash;
        this.active = true;
        this.createdAt = Instant.now();
    }

    /** Its address is one that nobody can have. */
    static AgentAccount ofProgram(String name) {
        AgentAccount account = new AgentAccount(UUID.randomUUID() + "@program.invalid", name, Role.AGENT, NO_PASSWORD);
        account.active = false;
        account.program = true;
        return account;
    }

    static String normalised(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    UUID id() {
        return id;
    }

    /** Null where the account has no password. */
    String passwordHash() {
        return NO_PASSWORD.equals(passwordHash) ? null : passwordHash;
    }

    boolean isActive() {
        return active;
    }

    boolean isActiveAdmin() {
        return active && role == Role.ADMIN;
    }

    boolean isProgram() {
        return program;
    }

    void change(String newName, Role newRole, boolean nowActive) {
        name = newName.strip();
        role = newRole;
        active = nowActive;
    }

    void changePassword(String hash) {
        passwordHash = hash;
    }

    SignedInAgent agent() {
        return new SignedInAgent(id, email, name, role);
    }

    AuditObject object() {
        return AuditObject.of(AuditObject.Kind.ACCOUNT, id, name);
    }

    /** What admins decide, and may know of each other; whether it is active has acts of its own. */
    Map<String, Object> facts() {
        return Map.of("email", email, "name", name, "role", role.wireName());
    }

    AgentView view() {
        return new AgentView(id, email, name, role, active, createdAt);
    }

    static class RoleColumn implements AttributeConverter<Role, String> {
        @Override
        public String convertToDatabaseColumn(Role role) {
            return role.wireName();
        }

        @Override
        public Role convertToEntityAttribute(String text) {
            return Role.of(text);
        }
    }
}
