package io.replyloop.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Browser tests need a Chromium. Where there is none they are skipped and say so; with {@code -Dbrowser.required=true},
 * which CI sets, they fail.
 */
class BrowserAtHand implements ExecutionCondition {
    private static final String MISSING =
            "no Chromium found; install one (apt-get install chromium-headless-shell) or name it with -Dbrowser.path=";

    static Optional<Path> find() {
        Stream<String> usual = Stream.of(
                // The same engine without a window and all that belongs to one, which takes half of the time.
                "/usr/bin/chromium-headless-shell",
                "/usr/bin/chromium",
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome",
                "/snap/bin/chromium",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium");
        return Stream.concat(Stream.ofNullable(System.getProperty("browser.path")), usual)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (find().isPresent()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        if (Boolean.getBoolean("browser.required")) {
            throw new IllegalStateException("Browser tests are required, but " + MISSING);
        }
        return ConditionEvaluationResult.disabled("Browser tests are skipped: " + MISSING);
    }
}
