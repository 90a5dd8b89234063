package io.replyloop.privacy;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Fired inside the transaction in which a customer is erased, or one of their conversations, while it is still there and
 * locked. Every package that keeps something of it observes this, removes it in the same transaction and reports how much that
 * was. Of a customer with several conversations it is fired once for each; the last time names the customer, too.
 */
public final class CustomerErasure {
    private final UUID customer;
    private final UUID conversation;
    private final List<UUID> decisions;
    private final String email;
    private final Map<String, Long> removed = new TreeMap<>();
    private final SortedSet<Long> models = new TreeSet<>();
    private final Set<UUID> taught = new HashSet<>();
    private final Set<UUID> snapshots = new HashSet<>();

    /**
     * @param customer null while only the conversation goes
     * @param conversation null for a customer who never wrote
     * @param decisions what agents decided in that conversation
     * @param email the address that a site has vouched for; null where none has
     */
    public CustomerErasure(UUID customer, UUID conversation, List<UUID> decisions, String email) {
        this.customer = customer;
        this.conversation = conversation;
        this.decisions = List.copyOf(decisions);
        this.email = email;
    }

    /** Null while only the conversation goes: the customer stays, or other conversations of theirs go later. */
    public UUID customer() {
        return customer;
    }

    /** Reports what was removed before with what is removed now. */
    public CustomerErasure after(CustomerErasure other) {
        other.removed.forEach(this::removed);
        models.addAll(other.models);
        taught.addAll(other.taught);
        snapshots.addAll(other.snapshots);
        return this;
    }

    /** Null for a customer who never wrote. */
    public UUID conversation() {
        return conversation;
    }

    public List<UUID> decisions() {
        return decisions;
    }

    /** The address that a site has vouched for, by which the customer may be known elsewhere. */
    public Optional<String> email() {
        return Optional.ofNullable(email).filter(address -> !address.isBlank());
    }

    /** @param what plural, in the words of the report: {@code messages}, {@code answered-questions} */
    public void removed(String what, long count) {
        removed.merge(what, count, Long::sum);
    }

    /** Snapshots that have lost texts, which are marked. */
    public void marked(Collection<UUID> inSnapshots) {
        snapshots.addAll(inSnapshots);
    }

    /** A model has learned from this customer; its weights stay until it is replaced. */
    public void learnedBy(long model) {
        models.add(model);
    }

    /** A snapshot from which models learn, or may still, contained this customer's conversation. */
    public void taughtBy(UUID snapshot) {
        taught.add(snapshot);
    }

    public Map<String, Long> removed() {
        return Collections.unmodifiableMap(removed);
    }

    public int snapshots() {
        return snapshots.size();
    }

    public Set<UUID> taught() {
        return Collections.unmodifiableSet(taught);
    }

    /** By their numbers. */
    public SortedSet<Long> models() {
        return Collections.unmodifiableSortedSet(models);
    }
}
