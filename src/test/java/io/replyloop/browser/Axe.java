package io.replyloop.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ViewportSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Accessibility as axe-core sees it: WCAG 2.2 AA and best practice, as wide as a phone, a laptop and a large screen. What
 * it finds is collected, so that one run tells everything.
 */
class Axe {
    private static final int PHONE = 390;
    private static final List<Integer> WIDTHS = List.of(PHONE, 1366, 1920);
    private static final int HEIGHT = 850;

    private static final String EVERYTHING = """
            {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
             rules: {'target-size': {enabled: true}}}""";
    /** A theme changes nothing else. */
    private static final String COLOURS = "{runOnly: ['color-contrast', 'link-in-text-block']}";

    private static final String RUN = """
            axe.run(document, {resultTypes: ['violations'], preload: false, ...%s}).then(({violations}) => violations.flatMap(
              ({id, help, nodes}) => nodes.map(({target, any}) =>
                `${id} (${help}) at ${target.flat().join(' ')} ${any.map(({message}) => message).join(' ')}`)))""";

    /** What axe lets pass: it asks for 24 px, and knows nothing of iOS, which enlarges the page for smaller letters. */
    private static final String TOO_SMALL = """
            [...document.querySelectorAll('button, .button, select, textarea, input:not([type=checkbox], [type=radio])')]
              .filter(each => each.checkVisibility())
              .flatMap(each => {
                const name = `${each.tagName} ${each.className} ${each.ariaLabel ?? each.textContent.slice(0, 30)}`;
                const {width, height} = each.getBoundingClientRect();
                const letters = parseFloat(getComputedStyle(each).fontSize);
                return [
                  ...(Math.min(width, height) < 43.5 ? [`${name} is ${width} by ${height} px`] : []),
                  ...(each.matches('input, select, textarea') && letters < 16 ? [`${name} has letters of ${letters} px`] : []),
                ];
              })""";

    /** With {@code -Daxe.everything} windows are looked at as pages are, which takes minutes more. */
    private static final boolean EVERY_WINDOW = Boolean.getBoolean("axe.everything");

    private final String script;
    private final List<String> found = new ArrayList<>();

    Axe() throws IOException {
        script = Files.readString(Path.of("web-ui", "node_modules", "axe-core", "axe.min.js"), UTF_8);
    }

    /** What was found up to now, each with the state of the page in which it was. */
    List<String> found() {
        return List.copyOf(found);
    }

    /** Both themes at all widths. */
    void looksAt(Page page, String state) {
        ViewportSize before = page.viewportSize();
        for (int width : WIDTHS) {
            page.setViewportSize(width, HEIGHT);
            run(page, EVERYTHING, ColorScheme.LIGHT, state + " at " + width + " px");
            run(page, COLOURS, ColorScheme.DARK, state + " at " + width + " px, dark");
            if (width == PHONE) {
                page.frames().forEach(frame -> note(frame.evaluate(TOO_SMALL), state + " on a phone"));
            }
        }
        page.setViewportSize(before.width, before.height);
    }

    /** What stands in front of a page that has been looked at: on a phone, and in the dark on a laptop. */
    void looksAtWindow(Page page, String state) {
        if (EVERY_WINDOW) {
            looksAt(page, state);
            return;
        }
        ViewportSize before = page.viewportSize();
        page.setViewportSize(PHONE, HEIGHT);
        run(page, EVERYTHING, ColorScheme.LIGHT, state + " on a phone");
        page.frames().forEach(frame -> note(frame.evaluate(TOO_SMALL), state + " on a phone"));
        page.setViewportSize(before.width, before.height);
        run(page, COLOURS, ColorScheme.DARK, state + ", dark");
    }

    /** Once, as it is: for the second language of pages, and for what stands in a layout that has been looked at. */
    void glancesAt(Page page, String state) {
        run(page, EVERYTHING, ColorScheme.LIGHT, state);
    }

    private void run(Page page, String options, ColorScheme theme, String state) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme).setReducedMotion(ReducedMotion.REDUCE));
        for (Frame frame : page.frames()) {
            if (!(boolean) frame.evaluate("'axe' in window")) {
                frame.evaluate(script);
            }
        }
        note(page.evaluate(RUN.formatted(options)), state);
    }

    private void note(Object faults, String state) {
        ((List<?>) faults).forEach(fault -> found.add(state + ": " + fault));
    }
}
