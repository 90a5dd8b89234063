package io.replyloop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** axe finds nothing on any page, in any of its states. */
abstract class AccessibilityTest extends BrowserTest {
    static final String KNOWLEDGE = """
            {"label": "axe-lights", "title": "Lights of a tandem", "text": "A tandem has two lights.", "category": "Parts", "questions": ["How many lights has a tandem?", "Does a tandem have lights?"]}
            {"label": "axe-bad", "title": "No text"}
            """;

    Axe axe;

    @BeforeEach
    void startAxe() throws IOException {
        axe = new Axe();
    }

    @AfterEach
    void nothingIsFound() {
        assertThat(axe.found()).isEmpty();
    }
}
