package io.replyloop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.ScreenshotCaret;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture of a page that is kept with the tests. What a page looks like on purpose is kept anew with
 * {@code -Dpictures.renew=true}, and looked at before it is committed.
 */
record KeptPicture(String name) {
    private static final Path KEPT = Path.of("src", "test", "resources", "pictures");
    private static final Path FOUND = Path.of("target", "pictures");

    /** A page is drawn in parts, so it is looked at until it is as it was kept, or for this long. */
    private static final int ATTEMPTS = 40;

    private static final int BETWEEN_MILLIS = 250;

    void isSeenOn(Page page) {
        try {
            if (Boolean.getBoolean("pictures.renew")) {
                renew(page);
            } else {
                compare(page);
            }
        } catch (IOException cannotBeRead) {
            throw new UncheckedIOException(cannotBeRead);
        }
    }

    private void compare(Page page) throws IOException {
        BufferedImage expected = ImageIO.read(file(KEPT, "").toFile());
        BufferedImage actual = taken(page);
        Likeness likeness = new Likeness(expected, actual);
        for (int left = ATTEMPTS; left > 0 && !likeness.isTheSame(); left--) {
            page.waitForTimeout(BETWEEN_MILLIS);
            actual = taken(page);
            likeness = new Likeness(expected, actual);
        }
        if (!likeness.isTheSame()) {
            write(actual, "-actual");
            write(likeness.marked(), "-difference");
        }
        assertThat(likeness.differences())
                .as(
                        "%s is not as it was; see %s and, if it is to be so, %s",
                        name, file(FOUND, "-difference"), "CONTRIBUTING.md")
                .isEmpty();
    }

    /** What does not stay as it is for a moment is not kept. */
    private void renew(Page page) throws IOException {
        BufferedImage picture = taken(page);
        for (int left = ATTEMPTS; left > 0; left--) {
            page.waitForTimeout(BETWEEN_MILLIS);
            BufferedImage next = taken(page);
            boolean isStill = new Likeness(picture, next).isTheSame();
            picture = next;
            if (isStill) {
                break;
            }
        }
        Files.createDirectories(KEPT);
        ImageIO.write(picture, "png", file(KEPT, "").toFile());
    }

    private static BufferedImage taken(Page page) throws IOException {
        byte[] picture = page.screenshot(new Page.ScreenshotOptions()
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setCaret(ScreenshotCaret.HIDE)
                // The name of the other language, in a typeface of the machine's.
                .setMask(List.of(page.getByText("中文")))
                .setMaskColor("#808080"));
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture));
        BufferedImage opaque = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
        opaque.createGraphics().drawImage(read, 0, 0, null);
        return opaque;
    }

    private void write(BufferedImage picture, String suffix) throws IOException {
        Files.createDirectories(FOUND);
        ImageIO.write(picture, "png", file(FOUND, suffix).toFile());
    }

    private Path file(Path folder, String suffix) {
        return folder.resolve(name + suffix + ".png");
    }
}
