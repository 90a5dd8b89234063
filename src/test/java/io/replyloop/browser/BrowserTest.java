package io.replyloop.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import io.quarkus.test.common.http.TestHTTPResource;
import io.replyloop.identity.AgentView;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.Sites;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** People with browsers of their own. What they saw last before a failure is kept as pictures under target/browser. */
abstract class BrowserTest {
    static final String PASSWORD = "correct horse battery";

    /** An address of this machine that browsers do not take for secure, as they do localhost. */
    static final String PLAIN_HTTP_HOST = "10.1.2.3";

    /** A name of this machine that nobody has told the server. */
    static final String UNKNOWN_HOST = "chat.example";

    private static OneBrowser shared;

    @RegisterExtension
    static final BeforeAllCallback START = classes -> {
        // Generous, because machines that build are busy; a test that passes waits only as long as it has to.
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        shared = classes.getRoot().getStore(Namespace.GLOBAL).computeIfAbsent(OneBrowser.class);
    };

    @Inject
    Sites sites;

    @Inject
    Agents agents;

    @Inject
    Leftovers leftovers;

    @Inject
    Team accounts;

    @TestHTTPResource
    URI server;

    private final List<Page> pages = new ArrayList<>();

    @RegisterExtension
    final TestExecutionExceptionHandler pictures = (test, failure) -> {
        try {
            takePictures(test.getRequiredTestMethod().getName());
        } catch (IOException | PlaywrightException noPicture) {
            failure.addSuppressed(noPicture);
        }
        throw failure;
    };

    /** The website of this test. */
    String site;

    @BeforeEach
    void makeSite() {
        site = sites.create(new SiteSettings("Corner shop", List.of(), null, "Hello!", "您好！", false))
                .key();
    }

    @AfterEach
    void everybodyLeaves() {
        pages.forEach(page -> page.context().close());
        pages.clear();
        leftovers.clearAway(site);
    }

    private void takePictures(String test) throws IOException {
        Path folder = Path.of("target", "browser");
        Files.createDirectories(folder);
        for (int i = 0; i < pages.size(); i++) {
            Path picture = folder.resolve(test + "-" + (i + 1) + ".png");
            pages.get(i).screenshot(new Page.ScreenshotOptions().setPath(picture));
        }
    }

    /** A new person's browser, with an empty page. */
    Page newBrowser() {
        BrowserContext context = shared.running()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(server.toString())
                        .setLocale("en-GB")
                        .setTimezoneId("UTC")
                        .setServiceWorkers(ServiceWorkerPolicy.BLOCK));
        context.setDefaultTimeout(30_000);
        Page page = context.newPage();
        pages.add(page);
        return page;
    }

    CustomerPage customer() {
        return new CustomerPage(newBrowser()).open(site);
    }

    ConsolePage agent(String name) {
        return new ConsolePage(browserOf(name, Role.AGENT)).open();
    }

    AdminPage admin() {
        return new AdminPage(browserOf("Grace", Role.ADMIN)).open();
    }

    /** They have signed in before; how that is done by hand is tested where it matters. */
    private Page browserOf(String name, Role role) {
        Page page = newBrowser();
        Cookie session =
                new Cookie(Team.SESSION_COOKIE, accounts.newMember(name, role).cookie());
        page.context().addCookies(List.of(session.setUrl(server.toString())));
        return page;
    }

    String account(String name, Role role) {
        AgentView made = agents.create(UUID.randomUUID() + "@team.example", name, role, agents.hash(PASSWORD));
        return made.email();
    }
}
