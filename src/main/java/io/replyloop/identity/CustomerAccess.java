package io.replyloop.identity;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.site.CustomerRules;
import io.replyloop.site.CustomerRulesTightened;
import io.replyloop.site.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Decides whether a customer's self-contained token is still valid: it can be revoked for a single customer, by
 * blocking, and for all customers of a site. Checks the database whenever a token is presented, which is once per
 * connection and not for each message, and caches nothing; {@link CustomersRevoked} says which open connections to
 * check again.
 */
@ApplicationScoped
public class CustomerAccess {
    private static final Duration MAIL_COUNTS = Duration.ofHours(1);

    private final Sites sites;
    private final BlockedCustomers blocked;
    private final Customers customers;
    private final Event<CustomersRevoked> revoked;

    CustomerAccess(Sites sites, BlockedCustomers blocked, Customers customers, Event<CustomersRevoked> revoked) {
        this.sites = sites;
        this.customers = customers;
        this.blocked = blocked;
        this.revoked = revoked;
    }

    /** Throws a {@link Problem} if the token is no longer valid. */
    @Transactional
    public void require(CustomerPass pass) {
        Problem refusal = refusals(Set.of(pass)).get(pass);
        if (refusal != null) {
            throw refusal;
        }
    }

    /**
     * For a customer who writes by mail, with what was mailed to them; throws a {@link Problem} where they could not write in
     * the widget, either.
     */
    @Transactional
    public CustomerPass ofMail(CustomerIdentity customer) {
        CustomerRules rules = sites.customerRules(customer.siteId())
                .orElseThrow(() -> SignedTokens.invalid("The site of this customer is gone."));
        int secret = customer.vouchedFor()
                ? rules.secrets().stream()
                        .findFirst()
                        .map(CustomerRules.Secret::number)
                        .orElse(0)
                : 0;
        CustomerPass pass = new CustomerPass(customer, rules.now(), rules.now().plus(MAIL_COUNTS), secret, Map.of());
        require(pass);
        return pass;
    }

    /** Those of the tokens that are no longer valid, and why. */
    @Transactional
    public Map<CustomerPass, Problem> refusals(Collection<CustomerPass> passes) {
        Set<UUID> out =
                blocked.among(passes.stream().map(pass -> pass.customer().id()).toList());
        Map<UUID, Instant> erased = customers.erased(
                passes.stream().map(pass -> pass.customer().id()).toList());
        Map<UUID, Optional<CustomerRules>> rules = new HashMap<>();
        Map<CustomerPass, Problem> refusals = new HashMap<>();
        for (CustomerPass pass : passes) {
            Optional<CustomerRules> ofSite =
                    rules.computeIfAbsent(pass.customer().siteId(), sites::customerRules);
            Instant erasedAt = erased.get(pass.customer().id());
            if (erasedAt != null && pass.issuedAt().isBefore(erasedAt)) {
                refusals.put(pass, SignedTokens.invalid(Customers.ERASED));
                continue;
            }
            refusal(pass, ofSite.orElse(null), out.contains(pass.customer().id()))
                    .ifPresent(problem -> refusals.put(pass, problem));
        }
        return refusals;
    }

    void tightened(@Observes CustomerRulesTightened rules) {
        revoked.fire(new CustomersRevoked(rules.site(), null));
    }

    private static Optional<Problem> refusal(CustomerPass pass, CustomerRules rules, boolean isBlocked) {
        if (isBlocked) {
            return Optional.of(blocked());
        }
        if (rules == null) {
            return Optional.of(SignedTokens.invalid("The site of this token is gone."));
        }
        if (rules.notBefore() != null && pass.issuedAt().isBefore(rules.notBefore())) {
            return Optional.of(SignedTokens.invalid("The site has ended all tokens of that time. Get a new one."));
        }
        if (pass.secret() == 0 && rules.identityRequired()) {
            return Optional.of(SignedTokens.invalid("This site now chats with signed-in customers only."));
        }
        if (pass.secret() != 0 && !rules.counts(pass.secret())) {
            return Optional.of(SignedTokens.invalid(
                    "The site has changed its secret since it vouched for this customer. Send a new `identity`."));
        }
        return Optional.empty();
    }

    static Problem blocked() {
        return new Problem(ProblemCode.BLOCKED, "The team does not take messages from you any more.");
    }
}
