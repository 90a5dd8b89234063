package io.replyloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The pictures in the documents, taken from the running demo; {@code src/bench/pictures.sh} starts it and works in it first. */
class DocumentPictures {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path KNOWLEDGE = Path.of("src/main/resources/demo/knowledge.jsonl");
    private static final int WIDTH = 1280;
    private static final int DIALOGUES = 260;
    private static final int DAYS = 30;
    private static final double MINUTES = 60_000;

    /** What customers add, so that no two questions are quite the same. */
    private static final Map<String, List<String>> MORE = Map.of(
            "en", List.of("", " It is for a present.", " I live in Norway.", " I ordered last week.", " Please help."),
            "zh", List.of("", "是送人的。", "上周下的单。", "麻烦您了。"));

    /** Conversations as the demo's customers could have had them, for {@code replay}. */
    @Test
    void dialogues() throws IOException {
        Random chance = new Random(3);
        List<JsonNode> replies = new ArrayList<>();
        for (String line : Files.readAllLines(KNOWLEDGE)) {
            JsonNode reply = JSON.readTree(line);
            if (reply.path("questions").size() > 0) {
                replies.add(reply);
            }
        }
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < DIALOGUES; number++) {
            String language = number % 4 == 0 ? "zh" : "en";
            List<JsonNode> some = replies.stream()
                    .filter(reply -> reply.path("language").asText().equals(language))
                    .toList();
            List<Map<String, Object>> events = new ArrayList<>();
            List<String> tasks = new ArrayList<>();
            for (int turn = 0; turn <= chance.nextInt(2); turn++) {
                JsonNode reply = some.get(chance.nextInt(some.size()));
                JsonNode questions = reply.path("questions");
                List<String> more = MORE.get(language);
                reply.path("categories").forEach(category -> tasks.add(category.asText()));
                events.add(Map.of(
                        "by",
                        "customer",
                        "text",
                        questions.get(chance.nextInt(questions.size())).asText()
                                + more.get(chance.nextInt(more.size()))));
                events.add(Map.of(
                        "by",
                        "agent",
                        "text",
                        reply.path("text").asText(),
                        "picked",
                        reply.path("label").asText()));
            }
            lines.add(JSON.writeValueAsString(Map.of("tasks", tasks, "events", events)));
        }
        Files.write(Path.of(System.getProperty("pictures.dialogues")), lines);
    }

    /** As if all that had been the work of a month. */
    @Test
    void days() throws IOException, SQLException {
        Path data = Path.of(System.getProperty("pictures.data"), "postgres");
        String port = Files.readAllLines(data.resolve("cluster/postmaster.pid")).get(3);
        String password = Files.readString(data.resolve("password")).strip();
        String ago = " - interval '1 day' * mod(abs(hashtext(%s::text)), " + DAYS + ")";
        try (Connection database = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/replyloop", "replyloop", password);
                Statement statement = database.createStatement()) {
            for (String table : List.of("impression", "decision", "conversation_event")) {
                statement.execute(
                        "update " + table + " set created_at = created_at" + ago.formatted("conversation_id"));
            }
            statement.execute("update conversation set created_at = created_at" + ago.formatted("id"));
        }
    }

    /** What agents of a watchmaker answered before, one line of it damaged. */
    private static String history() throws IOException {
        List<List<String>> asked = List.of(
                List.of("请问手表防水多少米？", "这款手表防水吗？", "手表可以戴着游泳吗？"),
                List.of(
                        "Do you engrave names on the back of a watch?",
                        "Could I have a text engraved on my watch?",
                        "Can you write something on the back of it?"),
                List.of("How long does delivery take?", "When will my order be here?"));
        List<String> answered = List.of(
                "手表可以防水三十米，洗手和下雨没有问题，但是请不要戴着游泳。",
                "Yes, we engrave up to twenty letters on the back of a watch. Please write the text into the notes of your"
                        + " order.",
                "Orders placed before 2 pm leave our warehouse on the same working day. Delivery takes two to three working"
                        + " days within the country and five to eight abroad.");
        StringBuilder lines = new StringBuilder();
        for (int topic = 0; topic < asked.size(); topic++) {
            for (String question : asked.get(topic)) {
                String day = "2026-10-%02dT10:0".formatted(1 + lines.length() % 28);
                Map<String, String> customer =
                        Map.of("by", "customer", "text", question + " Call me: +44 20 7946 0958", "at", day + "0:00Z");
                Map<String, String> agent = Map.of("by", "agent", "text", answered.get(topic), "at", day + "3:00Z");
                lines.append(JSON.writeValueAsString(
                                Map.of("id", "t" + lines.length(), "messages", List.of(customer, agent))))
                        .append('\n');
            }
        }
        return lines.append("damaged\n").toString();
    }

    @Test
    void pictures() throws IOException {
        Path folder = Path.of(System.getProperty("pictures.folder", "src/docs/pictures"));
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of(System.getProperty("browser.path")))
                                .setArgs(List.of("--no-sandbox")))) {
            Page page = browser.newContext(new Browser.NewContextOptions()
                            .setBaseURL(System.getProperty("tour.address"))
                            .setLocale("en-GB")
                            .setColorScheme(ColorScheme.LIGHT)
                            .setViewportSize(WIDTH, 1_000))
                    .newPage();
            page.navigate("/admin/");
            page.locator("input[type=email]").fill("admin@demo.example");
            page.locator("input[type=password]").fill("replyloop-demo");
            page.locator("button[type=submit]").click();
            assertThat(page.getByRole(AriaRole.NAVIGATION).first()).isVisible();

            page.navigate("/admin/#/reports");
            assertThat(page.locator(".uplot canvas").first()).isVisible();
            picture(page, folder, "reports", 1_000);

            page.navigate("/admin/#/dataset");
            page.getByRole(AriaRole.SEARCHBOX).fill("Norway");
            assertThat(page.locator(".example").first()).containsText("Norway");
            picture(page, folder, "dataset", 960);

            page.navigate("/admin/#/training");
            Locator verdict = page.getByText("What agents would have seen", new Page.GetByTextOptions().setExact(true));
            verdict.scrollIntoViewIfNeeded(new Locator.ScrollIntoViewIfNeededOptions().setTimeout(MINUTES));
            verdict.evaluate("heading => heading.scrollIntoView({ block: 'start' })");
            page.mouse().wheel(0, -160);
            picture(page, folder, "verdict", 820);

            page.navigate("/admin/#/history");
            page.getByLabel("File with conversations")
                    .setInputFiles(new FilePayload(
                            "history.jsonl", "application/jsonl", history().getBytes(StandardCharsets.UTF_8)));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Read the file"))
                    .click();
            Locator go = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Import: history.jsonl"));
            assertThat(go).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(2 * MINUTES));
            picture(page, folder, "history-report", 830);
            go.click();
            Locator draft = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Publish: "))
                    .first();
            assertThat(draft).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(2 * MINUTES));
            draft.evaluate("button => button.closest('section').scrollIntoView({ block: 'start' })");
            picture(page, folder, "history-drafts", 830);
        }
    }

    private static void picture(Page page, Path folder, String name, int height) {
        page.setViewportSize(WIDTH, height);
        page.screenshot(new Page.ScreenshotOptions()
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setPath(folder.resolve(name + ".png")));
    }
}
