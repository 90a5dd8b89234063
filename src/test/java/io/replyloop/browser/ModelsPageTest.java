package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.replyloop.training.TrainingLab;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A model is brought from elsewhere, compared, pinned, and old ones are to lose their files. */
@QuarkusTest
@TestProfile(PagesProfile.class)
@ExtendWith(BrowserAtHand.class)
class ModelsPageTest extends BrowserTest {
    private static final double CHECK_MILLIS = 60_000;

    /** A process has to start, and two models are measured. */
    private static final double RUN_MILLIS = 240_000;

    private static final Path REFERENCE = Path.of("src/test/resources/reference/bert-2labels");

    @Inject
    TrainingLab lab;

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    @Test
    void an_admin_uploads_a_model_is_told_what_is_wrong_with_another_and_compares() throws IOException {
        AdminPage grace = admin().goTo("Training");
        Locator upload = region(grace, "Upload a model");
        choose(upload, "pickle.zip", zip("pytorch_model.bin", "no".getBytes(StandardCharsets.UTF_8)));
        assertThat(upload).containsText("'pytorch_model.bin' can hold a program");

        choose(upload, "mine.zip", reference());
        assertThat(upload).containsText("now.", new ContainsTextOptions().setTimeout(CHECK_MILLIS));
        Locator model = grace.page()
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("uploaded from mine.zip"));
        model.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pin"))
                .click();
        assertThat(model).containsText("pinned");

        grace.page().getByText("Compare two models").click();
        assertThat(grace.page().getByText("The two were not measured on the same questions"))
                .isVisible();
        grace.page().getByText("Who served when").click();
        assertThat(grace.page().getByText("the application")).isVisible();
        Locator rule = region(grace, "How long files of models are kept");
        rule.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Which would that be?"))
                .click();
        assertThat(rule).containsText("No files would be deleted now.");
        Axe axe = new Axe();
        axe.looksAt(grace.page(), "training, models");
        assertThat(axe.found()).isEqualTo(List.of());
    }

    @Test
    void an_uploaded_model_is_measured_against_the_one_that_serves_without_training() throws IOException {
        lab.setUp();
        lab.champion();
        lab.tested(30);
        AdminPage grace = admin().goTo("Training");
        Locator upload = region(grace, "Upload a model");
        choose(upload, "mine.zip", reference());
        assertThat(upload).containsText("now.", new ContainsTextOptions().setTimeout(CHECK_MILLIS));

        button(grace, "Measure against the serving model").click();
        assertThat(grace.page().getByText("The two were not measured on the same questions"))
                .isVisible();
        button(grace, "Measure both now").click();

        Locator comparison =
                grace.page().locator("details", new Page.LocatorOptions().setHasText("Compare two models"));
        assertThat(comparison)
                .containsText("that no run here learns from", new ContainsTextOptions().setTimeout(RUN_MILLIS));
        assertThat(comparison).containsText("What agents would have seen");
        assertThat(grace.page().getByText(Pattern.compile("Measured model \\d+ against model \\d+\\.")))
                .isVisible();
        assertThat(grace.page().getByText("Reject…")).hasCount(0);
        Axe axe = new Axe();
        axe.looksAt(grace.page(), "training, two models measured");
        assertThat(axe.found()).isEqualTo(List.of());
    }

    private static Locator button(AdminPage admin, String name) {
        return admin.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static void choose(Locator upload, String name, byte[] archive) {
        upload.getByLabel("Archive").setInputFiles(new FilePayload(name, "application/zip", archive));
        upload.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Upload"))
                .click();
    }

    private static byte[] reference() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String file : List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
                zip.putNextEntry(new ZipEntry("mine/" + file));
                Files.copy(REFERENCE.resolve(file), zip);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static Locator region(AdminPage admin, String name) {
        return admin.page()
                .getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
