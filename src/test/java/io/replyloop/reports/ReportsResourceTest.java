package io.replyloop.reports;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditEntries;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReportsResourceTest {
    @Inject
    Team team;

    @Inject
    AuditEntries entries;

    private Team.Member admin;

    @BeforeEach
    void signIn() {
        admin = team.newMember(Role.ADMIN);
    }

    @Test
    void admins_alone_read_reports() {
        Team.Member agent = team.newMember(Role.AGENT);
        for (String address : new String[] {"/api/reports", "/api/reports/export?table=replies"}) {
            as(admin).get(address).then().statusCode(200);
            as(agent).get(address).then().statusCode(403);
            nobody().get(address).then().statusCode(401);
        }
    }

    @Test
    void without_a_choice_the_last_thirty_days_are_told_and_reading_leaves_no_entry() {
        long before = entries.newest();
        as(admin)
                .get("/api/reports")
                .then()
                .statusCode(200)
                .body("overTime", hasSize(30))
                .body("unit", equalTo("day"));
        assertThat(entries.after(before)).hasSize(0);
    }

    @Test
    void a_long_period_is_told_by_weeks_that_begin_on_monday() {
        as(admin)
                .get("/api/reports?from=2001-01-01&to=2001-12-31")
                .then()
                .statusCode(200)
                .body("acceptance", not(hasKey("shareBefore")))
                .body("learning", not(hasKey("first")))
                .body("unit", equalTo("week"))
                .body("overTime[0].start", equalTo("2001-01-01"))
                .body("overTime", hasSize(53));
    }

    @Test
    void a_table_that_leaves_the_application_is_on_record() {
        long before = entries.newest();
        as(admin)
                .get("/api/reports/export?table=over-time&from=2003-01-01&to=2003-01-02&language=zh")
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("text/csv"))
                .header("Content-Disposition", equalTo("attachment; filename=\"report-over-time.csv\""));

        assertThat(entries.after(before)).hasSize(1);
        assertThat(entries.after(before).get(0).action()).isEqualTo("report.exported");
        assertThat(entries.after(before).get(0).after().toString()).contains("over-time", "2003-01-02", "zh");
    }

    @Test
    void what_is_no_period_or_filter_is_refused_by_its_name() {
        refused("from=yesterday", "from");
        refused("from=2026-02-02&to=2026-01-01", "from");
        refused("from=2001-01-01&to=2026-01-01", "from");
        refused("to=0001-01-01", "to");
        refused("language=de", "language");
        refused("category=" + "x".repeat(201), "category");
        as(admin).get("/api/reports/export?table=wages").then().statusCode(400);
        as(admin).get("/api/reports?agent=" + UUID.randomUUID()).then().statusCode(200);
    }

    private void refused(String query, String field) {
        as(admin).get("/api/reports?" + query).then().statusCode(400).body("violations[0].field", equalTo(field));
    }
}
