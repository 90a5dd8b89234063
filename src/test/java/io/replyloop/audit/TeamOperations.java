package io.replyloop.audit;

import static io.replyloop.signin.Team.as;

import io.replyloop.attachment.TestFiles;
import io.replyloop.audit.HistoryOperations.Does;
import io.replyloop.signin.Team;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Everything that an admin can change about teams, about where conversations go, and about logos. */
final class TeamOperations {
    private TeamOperations() {}

    static void all(Team.Member admin, String site, Does does) {
        Map<String, Object> settings = Map.of("name", "Kites " + UUID.randomUUID(), "members", List.of());
        String team = does.that("createTeam", as(admin).body(settings), "POST", "/api/teams")
                .path("id");
        Map<String, Object> changed = Map.of(
                "name", settings.get("name"), "members", List.of(admin.agent().id()));
        does.that("updateTeam", as(admin).body(changed), "PUT", "/api/teams/" + team);
        does.that("updateSiteRouting", as(admin).body(Map.of("team", team)), "PUT", site + "/routing");
        RequestSpecification picture = as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .body(TestFiles.picture("png", 40, 20));
        does.that("updateLogoOfSite", picture, "PUT", site + "/logo");
        does.that("deleteLogoOfSite", as(admin), "DELETE", site + "/logo");
        does.that("closeTeam", as(admin), "DELETE", "/api/teams/" + team);
        String capacity = "/api/colleagues/" + admin.agent().id() + "/capacity";
        does.that("updateAgentCapacity", as(admin).body(Map.of("capacity", 7)), "PUT", capacity);
    }
}
