package io.replyloop.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.util.List;
import java.util.Map;

/**
 * One for all classes, because a start takes a second of the processors. What people in it could notice of each other they
 * have in contexts of their own.
 */
final class OneBrowser implements AutoCloseable {
    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private Browser browser = launch();

    /** Another one where it has crashed: that fails the test that it happened to, and no other. */
    Browser running() {
        if (!browser.isConnected()) {
            browser = launch();
        }
        return browser;
    }

    private Browser launch() {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(BrowserAtHand.find().orElseThrow())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--host-resolver-rules=MAP " + BrowserTest.PLAIN_HTTP_HOST + " 127.0.0.1, MAP "
                                        + BrowserTest.UNKNOWN_HOST + " 127.0.0.1")));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
