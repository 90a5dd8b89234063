package io.replyloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pictures of README's tour, taken from the running demo; {@code src/bench/tour.sh} starts both. */
class TourPictures {
    private static final String PASSWORD = "replyloop-demo";
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 760;

    /**
     * What is played in one language.
     *
     * @param waiting what others have asked meanwhile
     * @param topic what is looked for in the knowledge base
     * @param reply the one that is opened then
     */
    private record Scene(
            String language, String locale, String question, List<String> waiting, String topic, String reply) {}

    private static final List<Scene> SCENES = List.of(
            new Scene(
                    "en",
                    "en-GB",
                    "Hello! How long will my order take to Norway?",
                    List.of("Can I exchange the jumper for a larger size?", "My invoice has the wrong address."),
                    "deliver",
                    "How long delivery takes"),
            new Scene("zh", "zh-CN", "你好，请问一般几天能送到？", List.of("毛衣可以换大一号吗？", "发票抬头写错了，怎么改？"), "配送", "配送时间"));

    @Test
    void pictures_of_a_conversation_in_both_languages() {
        String address = System.getProperty("tour.address");
        Path folder = Path.of(System.getProperty("tour.folder", "src/docs/pictures"));
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of(System.getProperty("browser.path")))
                                .setArgs(List.of("--no-sandbox")))) {
            for (Scene scene : SCENES) {
                play(browser, address, scene, folder);
            }
        }
    }

    private static void play(Browser browser, String address, Scene scene, Path folder) {
        Page console = person(browser, address, scene);
        signIn(console, "/console/", "anna@demo.example");
        assertThat(console.locator(".health .online")).isVisible();
        for (String question : scene.waiting()) {
            Page other = person(browser, address, scene);
            other.navigate("/widget/?site=demo");
            says(other.getByRole(AriaRole.TEXTBOX), question);
            assertThat(other.getByRole(AriaRole.LOG)).containsText(question);
        }

        Page shop = person(browser, address, scene);
        shop.navigate("/shop/");
        shop.locator(".hero button").click();
        FrameLocator chat = shop.frameLocator("iframe");
        assertThat(chat.locator(".questions li").first()).isVisible();
        assertThat(chat.locator(".online")).isVisible();
        picture(shop, folder, "tour-welcome", scene);
        says(chat.getByRole(AriaRole.TEXTBOX).last(), scene.question());

        Locator row = console.locator(".lines li").filter(new Locator.FilterOptions().setHasText(scene.question()));
        row.getByRole(AriaRole.BUTTON).first().click();
        Locator suggestion = console.locator(".suggestions > li").first();
        assertThat(suggestion).isVisible();
        assertThat(console.locator(".about dt").first()).isVisible();
        picture(console, folder, "tour-console", scene);

        console.keyboard().press("Shift+Digit1");
        Locator answer =
                chat.getByRole(AriaRole.LOG).getByRole(AriaRole.LISTITEM).last();
        assertThat(answer).containsText("Anna");
        picture(shop, folder, "tour-answer", scene);

        Page admin = person(browser, address, scene);
        signIn(admin, "/admin/", "admin@demo.example");
        assertThat(admin.locator("[aria-labelledby=overview-days] .tile").first())
                .isVisible();
        picture(admin, folder, "tour-overview", scene);
        admin.navigate("/admin/#/knowledge");
        admin.waitForResponse(
                found -> found.url().contains("/api/replies?q="),
                () -> admin.getByRole(AriaRole.SEARCHBOX).fill(scene.topic()));
        admin.locator(".reply-row")
                .filter(new Locator.FilterOptions().setHasText(scene.reply()))
                .first()
                .click();
        assertThat(admin.locator(".reply-preview .bubble")).isVisible();
        picture(admin, folder, "tour-knowledge", scene);
    }

    private static Page person(Browser browser, String address, Scene scene) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(address)
                .setLocale(scene.locale())
                .setColorScheme(ColorScheme.LIGHT)
                .setViewportSize(WIDTH, HEIGHT));
        return context.newPage();
    }

    private static void signIn(Page page, String path, String email) {
        page.navigate(path);
        page.locator("input[type=email]").fill(email);
        page.locator("input[type=password]").fill(PASSWORD);
        page.locator("button[type=submit]").click();
    }

    private static void says(Locator writing, String text) {
        writing.fill(text);
        writing.press("Enter");
    }

    private static void picture(Page page, Path folder, String name, Scene scene) {
        page.screenshot(new Page.ScreenshotOptions()
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setPath(folder.resolve(name + "-" + scene.language() + ".png")));
    }
}
