package io.replyloop.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A server in which it is always noon of the same day, from {@code pictures/world.json}: what each address of the REST
 * interface answers, and what each frame of a client is answered with. So a page looks the same each time.
 */
final class StillWorld {
    private static final Path WORLD = Path.of("src", "test", "resources", "pictures", "world.json");
    private static final Path TYPEFACE =
            Path.of("web-ui/node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2");

    /** The product's own typeface also where the reader's own one is used, which differs from machine to machine. */
    private static final String OWN_TYPEFACE = """
            async font => {
              const bytes = Uint8Array.from(atob(font), letter => letter.charCodeAt(0));
              document.fonts.add(await new FontFace('Kept', bytes, { weight: '100 900' }).load());
              for (const name of ['--sans', '--mono']) document.documentElement.style.setProperty(name, 'Kept');
            }
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode world;
    private final String typeface;

    StillWorld() {
        try {
            world = JSON.readTree(WORLD.toFile());
            typeface = Base64.getEncoder().encodeToString(Files.readAllBytes(TYPEFACE));
        } catch (IOException cannotBeRead) {
            throw new UncheckedIOException(cannotBeRead);
        }
    }

    /** @param me who looks: a name among those of the world, or another one, who is not signed in */
    Page seenBy(String me, Page page, int width, int height, ColorScheme scheme) {
        page.setViewportSize(width, height);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
        page.clock().setFixedTime(world.get("now").asText());
        page.route("**/api/**", route -> answer(route, me));
        page.routeWebSocket(Pattern.compile("/ws/"), socket -> talk(socket, me));
        return page;
    }

    Page at(Page page, String address) {
        page.navigate(address);
        page.evaluate(OWN_TYPEFACE, typeface);
        return page;
    }

    private void answer(Route route, String me) {
        URI address = URI.create(route.request().url());
        JsonNode answer = address.getPath().equals("/api/session")
                ? world.get("people").path(me)
                : world.get("answers").path(address.getPath());
        if (answer.isMissingNode()) {
            route.fulfill(problem(address.getPath().equals("/api/session")));
        } else {
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(answer.toString()));
        }
    }

    private static Route.FulfillOptions problem(boolean isSession) {
        return new Route.FulfillOptions()
                .setStatus(isSession ? 401 : 404)
                .setContentType("application/problem+json")
                .setBody("{\"code\": \"%s\", \"detail\": \"\"}".formatted(isSession ? "signed-out" : "not-found"));
    }

    private void talk(WebSocketRoute socket, String me) {
        JsonNode frames = world.get("frames").path(me);
        socket.onMessage(frame -> {
            try {
                say(socket, frames.path(JSON.readTree(frame.text()).path("type").asText()));
            } catch (IOException notJson) {
                throw new UncheckedIOException(notJson);
            }
        });
        say(socket, frames.path(""));
    }

    private static void say(WebSocketRoute socket, JsonNode frames) {
        frames.forEach(frame -> socket.send(frame.toString()));
    }
}
