package io.replyloop.attachment;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.attachment.HostileFiles.Hostile;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A site's logo: from an admin's file to what customers see. */
@QuarkusTest
class SiteLogoTest {
    @Inject
    Team team;

    @Inject
    Sites sites;

    private Member admin;
    private SiteView site;
    private String address;

    @BeforeEach
    void aSite() {
        admin = team.newMember(Role.ADMIN);
        site = sites.create(new SiteSettings("Tea shop", List.of(), null, "", "", false));
        address = "/api/sites/" + site.id() + "/logo";
    }

    private ValidatableResponse uploads(byte[] picture) {
        return as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .body(picture)
                .put(address)
                .then();
    }

    private String stored(byte[] picture) {
        return uploads(picture).statusCode(200).extract().path("address");
    }

    private ValidatableResponse seenByCustomers() {
        return nobody().get("/api/widget?site=" + site.key()).then().statusCode(200);
    }

    @Test
    void customers_see_what_an_admin_uploads_made_anew_and_keep_it_for_ever() throws IOException {
        seenByCustomers().body("welcome", not(hasKey("logo")));
        as(admin).get(address).then().statusCode(404);
        byte[] original = TestFiles.picture("png", 800, 200);

        String where = stored(original);

        seenByCustomers()
                .body("welcome.logo.address", equalTo(where))
                .body("welcome.logo.width", equalTo(320))
                .body("welcome.logo.height", equalTo(80));
        Response shown = nobody().get(where);
        shown.then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("X-Content-Type-Options", "nosniff");
        assertThat(shown.contentType()).isIn("image/png", "image/jpeg");
        assertThat(shown.asByteArray()).isNotEqualTo(original);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(shown.asByteArray()));
        assertThat(List.of(read.getWidth(), read.getHeight())).containsExactly(320, 80);
    }

    @Test
    void another_picture_has_another_address_and_what_was_replaced_or_removed_is_gone() {
        String first = stored(TestFiles.picture("png", 60, 40));
        String second = stored(TestFiles.webp());
        assertThat(second).isNotEqualTo(first);
        nobody().get(first).then().statusCode(404).header("Cache-Control", "no-store");
        nobody().get(second).then().statusCode(200);

        as(admin).delete(address).then().statusCode(204);
        as(admin).delete(address).then().statusCode(204);
        nobody().get(second).then().statusCode(404);
        nobody().get("/api/site-logos/" + "0".repeat(64)).then().statusCode(404);
        nobody().get("/api/site-logos/sites").then().statusCode(404);
        seenByCustomers().body("welcome", not(hasKey("logo")));
    }

    @Test
    void hostile_files_become_no_logo_or_a_picture_without_what_they_carried() {
        for (Hostile file : HostileFiles.all()) {
            if (file.contents().length == 0 || file.contents().length > SiteLogos.LARGEST) {
                continue;
            }
            Response answer = as(admin)
                    .header("X-Replyloop", "1")
                    .contentType("application/octet-stream")
                    .body(file.contents())
                    .put(address);
            assertThat(answer.statusCode()).as(file.name()).isIn(200, 415);
            if (answer.statusCode() == 200) {
                Response shown = given().get(answer.<String>path("address"));
                assertThat(shown.contentType()).as(file.name()).isIn("image/png", "image/jpeg");
                assertThat(new String(shown.asByteArray(), StandardCharsets.ISO_8859_1))
                        .as(file.name())
                        .doesNotContain(HostileFiles.MARK);
            }
        }
    }

    @Test
    void what_is_no_picture_or_too_large_changes_nothing() {
        String where = stored(TestFiles.picture("jpeg", 60, 40));
        uploads(TestFiles.picture("gif", 60, 40)).statusCode(415);
        uploads(TestFiles.pdf("Logo")).statusCode(415);
        uploads(TestFiles.text("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")).statusCode(415);
        uploads(Arrays.copyOf(TestFiles.picture("png", 60, 40), (1 << 20) + 1)).statusCode(413);
        uploads(new byte[0]).statusCode(415);
        as(admin).get(address).then().body("address", equalTo(where));
    }

    @Test
    void admins_alone_choose_it() {
        Member agent = team.newMember(Role.AGENT);
        byte[] picture = TestFiles.picture("png", 40, 20);
        for (Member nobody : Arrays.asList(agent, null)) {
            int refused = nobody == null ? 401 : 403;
            assertThat((nobody == null ? nobody() : as(nobody))
                            .header("X-Replyloop", "1")
                            .contentType("application/octet-stream")
                            .body(picture)
                            .put(address)
                            .statusCode())
                    .isEqualTo(refused);
            assertThat((nobody == null ? nobody() : as(nobody)).delete(address).statusCode())
                    .isEqualTo(refused);
            assertThat((nobody == null ? nobody() : as(nobody)).get(address).statusCode())
                    .isEqualTo(refused);
        }
        address = "/api/sites/" + UUID.randomUUID() + "/logo";
        uploads(picture).statusCode(404);
        as(admin).delete(address).then().statusCode(404);
    }
}
