package io.replyloop.audit;

import static io.replyloop.signin.Team.as;

import io.replyloop.audit.HistoryOperations.Does;
import io.replyloop.signin.Team;
import io.replyloop.singlesignon.CompanyProvider;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that an admin can change about single sign-on. */
final class SingleSignOnOperations {
    private static final String SETTINGS = "/api/single-sign-on";

    private SingleSignOnOperations() {}

    /** @return the client's secret, which no entry may have */
    static Set<String> all(Team team, Team.Member admin, Does does) {
        try (CompanyProvider company = CompanyProvider.start("http://localhost:" + RestAssured.port)) {
            Map<String, Object> provider = Map.of(
                    "issuer",
                    company.issuer(),
                    "clientId",
                    CompanyProvider.CLIENT,
                    "name",
                    "Example Ltd",
                    "groupsClaim",
                    "groups",
                    "adminGroups",
                    List.of("leads"),
                    "agentGroups",
                    List.of(),
                    "newAccounts",
                    true,
                    "trustsAddresses",
                    false,
                    "signsOutThere",
                    false);
            does.that(
                    "setSingleSignOn",
                    as(admin).body(Map.of("provider", provider, "clientSecret", CompanyProvider.SECRET)),
                    "PUT",
                    SETTINGS);
            team.sql(
                    "insert into provided_identity (issuer, subject, account_id, linked_at)"
                            + " select issuer, 'tried', cast(:value as uuid), now() from identity_provider",
                    admin.agent().id().toString());
            does.that(
                    "decidePasswords",
                    as(admin).body(Map.of("passwordsFor", "admins")),
                    "PUT",
                    SETTINGS + "/passwords");
            does.that(
                    "forgetSingleSignOnPerson",
                    as(admin),
                    "DELETE",
                    SETTINGS + "/people/" + admin.agent().id());
            does.that("removeSingleSignOn", as(admin), "DELETE", SETTINGS);
        }
        return Set.of(CompanyProvider.SECRET);
    }

    static Map<String, List<String>> expected() {
        return Map.of(
                "setSingleSignOn", List.of("account session.provider-set"),
                "forgetSingleSignOnPerson", List.of("account account.unlinked"),
                "decidePasswords", List.of("account session.rule-changed"),
                "removeSingleSignOn", List.of("account session.rule-changed", "account session.provider-removed"));
    }
}
