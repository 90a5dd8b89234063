package io.replyloop.audit;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;

import io.replyloop.identity.Role;
import io.replyloop.signin.Authenticator;
import io.replyloop.signin.Team;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** All that is done about accounts, by admins and by their owners, but for passwords that both know. */
final class AccountOperations {
    static final Map<String, String> WITHOUT_AN_ENTRY = Map.of(
            "checkAccountLink", "only looks",
            "beginSecondFactor", "a secret counts once it is confirmed",
            "beginSecondFactorAtSignIn", "a secret counts once it is confirmed");

    private final Team team;
    private final Team.Member admin;
    private final Team.Member agent;
    private final HistoryOperations.Does does;

    private AccountOperations(Team team, Team.Member admin, HistoryOperations.Does does) {
        this.team = team;
        this.admin = admin;
        this.agent = team.newMember(Role.AGENT);
        this.does = does;
    }

    static Map<String, List<String>> expected() {
        Map<String, List<String>> expected = new TreeMap<>();
        expected.put("invite", List.of("account account.invited", "account account.invited"));
        expected.put("renewInvitation", List.of("account account.invitation-renewed"));
        expected.put("withdrawInvitation", List.of("account account.invitation-withdrawn"));
        expected.put("acceptInvitation", List.of("account account.joined"));
        expected.put("makePasswordLink", List.of("account account.password-link-made"));
        expected.put("replaceForgottenPassword", List.of("account account.password-recovered"));
        expected.put("confirmSecondFactor", List.of("account account.second-factor-set-up"));
        expected.put("renewRecoveryCodes", List.of("account account.recovery-codes-renewed"));
        expected.put("removeSecondFactor", List.of("account account.second-factor-removed"));
        expected.put(
                "removeSecondFactorOfUser", List.of("account account.second-factor-removed", "account session.ended"));
        expected.put("requireSecondFactor", List.of("account session.rule-changed", "account session.rule-changed"));
        expected.put("endSession", List.of("account session.ended"));
        expected.put("endOtherSessions", List.of("account session.ended"));
        expected.put("endSessionsOfUser", List.of("account session.ended"));
        return expected;
    }

    /** @return what must be in no entry */
    static List<String> all(Team team, Team.Member admin, HistoryOperations.Does does) {
        return new AccountOperations(team, admin, does).all();
    }

    private List<String> all() {
        String withdrawn = invite().path("invitation.id");
        does.that("withdrawInvitation", as(admin), "DELETE", "/api/invitations/" + withdrawn);
        String invitation = "/api/invitations/" + invite().path("invitation.id") + "/renew";
        String token = tokenOf(does.that("renewInvitation", as(admin), "POST", invitation));
        Map<String, String> accepted = Map.of("token", token, "password", Team.PASSWORD);
        does.that("acceptInvitation", nobody().body(accepted), "POST", "/api/account-links/join");
        sessions();
        secondStep();
        String link = "/api/users/" + agent.agent().id() + "/password-link";
        String forPassword = tokenOf(does.that("makePasswordLink", as(admin), "POST", link));
        Map<String, String> set = Map.of("token", forPassword, "password", Team.PASSWORD);
        does.that("replaceForgottenPassword", nobody().body(set), "POST", "/api/account-links/password");
        return List.of(token, forPassword);
    }

    private void secondStep() {
        Team.Member own = team.newMember(Role.AGENT);
        String address = "/api/session/second-factor";
        Map<String, String> password = Map.of("current", Team.PASSWORD);
        Map<String, String> code = secondStepCode(own);
        does.that("confirmSecondFactor", as(own).body(code), "POST", address + "/confirm");
        does.that("renewRecoveryCodes", as(own).body(password), "POST", address + "/recovery-codes");
        does.that("removeSecondFactor", as(own).body(password), "POST", address + "/remove");
        as(own).body(secondStepCode(own)).post(address + "/confirm").then().statusCode(200);
        String other = "/api/second-factors/" + own.agent().id();
        does.that("removeSecondFactorOfUser", as(admin), "DELETE", other);
        for (String who : List.of("everybody", "nobody")) {
            Map<String, String> rule = Map.of("requiredFor", who);
            does.that("requireSecondFactor", as(admin).body(rule), "PUT", "/api/second-factors");
        }
    }

    private static Map<String, String> secondStepCode(Team.Member own) {
        String secret = as(own).body(Map.of("current", Team.PASSWORD))
                .post("/api/session/second-factor")
                .path("secret");
        return Map.of("code", Authenticator.code(secret, 0));
    }

    private void sessions() {
        String other = Team.sessionOf(team.again(agent));
        does.that("endSession", as(agent), "DELETE", "/api/sessions/" + other);
        team.again(agent);
        does.that("endOtherSessions", as(agent), "DELETE", "/api/sessions");
        does.that(
                "endSessionsOfUser",
                as(admin),
                "DELETE",
                "/api/users/" + agent.agent().id() + "/sessions");
    }

    private Response invite() {
        Map<String, String> somebody =
                Map.of("email", UUID.randomUUID() + "@team.example", "name", "Cleo", "role", "agent");
        return does.that("invite", as(admin).body(somebody), "POST", "/api/invitations");
    }

    private static String tokenOf(Response made) {
        String path = made.path("path");
        return path.substring(path.indexOf('#') + 1);
    }
}
