package io.replyloop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Done to a picture of the knowledge base as it is kept: what another Chromium does to it, and what a fault does. */
class LikenessTest {
    private static BufferedImage page;

    @BeforeAll
    static void read() throws IOException {
        page = ImageIO.read(Path.of("src/test/resources/pictures/knowledge.png").toFile());
    }

    @Test
    void a_picture_is_like_itself() {
        assertThat(differsBy(pen -> {})).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2,0", "0,1", "-2,0", "0,-1", "1,1"})
    void letters_that_are_a_little_beside_are_the_same(int right, int down) {
        assertThat(differsBy(pen -> pen.drawImage(page, right, down, null))).isFalse();
    }

    @Test
    void softer_edges_of_letters_are_the_same() {
        float side = 0.1f;
        float[] weights = {0, side, 0, side, 1 - 4 * side, side, 0, side, 0};
        BufferedImage softer =
                new ConvolveOp(new Kernel(3, 3, weights), ConvolveOp.EDGE_NO_OP, null).filter(page, null);
        assertThat(new Likeness(page, softer).isTheSame()).isTrue();
    }

    @Test
    void colours_that_are_a_shade_off_are_the_same() {
        Random random = new Random(7);
        BufferedImage shaded = copy();
        for (int y = 0; y < shaded.getHeight(); y++) {
            for (int x = 0; x < shaded.getWidth(); x++) {
                Color was = new Color(shaded.getRGB(x, y));
                int by = random.nextInt(7) - 3;
                shaded.setRGB(
                        x,
                        y,
                        new Color(near(was.getRed() + by), near(was.getGreen() + by), near(was.getBlue() + by))
                                .getRGB());
            }
        }
        assertThat(new Likeness(page, shaded).isTheSame()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0,6", "10,0", "0,-16"})
    void a_panel_that_has_moved_is_noticed(int right, int down) {
        Rectangle panel = new Rectangle(919, 154, 321, 206);
        assertThat(differsBy(pen -> pen.drawImage(part(panel), panel.x + right, panel.y + down, null)))
                .isTrue();
    }

    @Test
    void text_over_other_text_is_noticed() {
        Rectangle two = lines();
        BufferedImage over = copy();
        for (int y = 0; y < two.height; y++) {
            for (int x = 0; x < two.width; x++) {
                int below = page.getRGB(two.x + x, two.y + y);
                int above = page.getRGB(two.x + x, two.y + y + two.height);
                over.setRGB(two.x + x, two.y + y, darker(below, above));
            }
        }
        assertThat(new Likeness(page, over).isTheSame()).isFalse();
    }

    @Test
    void a_line_that_is_gone_is_noticed() {
        Rectangle line = lines();
        Color ground = new Color(page.getRGB(line.x, line.y));
        assertThat(differsBy(pen -> {
                    pen.setColor(ground);
                    pen.fill(line);
                }))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"3457d5", "ffffff"})
    void a_colour_that_is_lost_is_noticed(String colour) {
        int lost = Integer.parseInt(colour, 16);
        BufferedImage without = copy();
        for (int y = 0; y < without.getHeight(); y++) {
            for (int x = 0; x < without.getWidth(); x++) {
                if ((without.getRGB(x, y) & 0xFFFFFF) == lost) {
                    without.setRGB(x, y, 0xFFF0F2F6);
                }
            }
        }
        assertThat(new Likeness(page, without).isTheSame()).isFalse();
    }

    @Test
    void a_page_of_another_size_is_noticed() {
        BufferedImage longer = new BufferedImage(page.getWidth(), page.getHeight() + 1, BufferedImage.TYPE_INT_RGB);
        longer.createGraphics().drawImage(page, 0, 0, null);
        assertThat(new Likeness(page, longer).isTheSame()).isFalse();
    }

    @Test
    void what_differs_is_marked_where_it_is() {
        BufferedImage other = copy();
        Graphics2D pen = other.createGraphics();
        pen.setColor(Color.BLACK);
        pen.fillRect(400, 300, 40, 40);
        pen.dispose();
        BufferedImage marked = new Likeness(page, other).marked();
        assertThat(marked.getRGB(420, 320)).isNotEqualTo(Color.BLACK.getRGB());
        assertThat(marked.getRGB(10, 10)).isEqualTo(other.getRGB(10, 10) | 0xFF000000);
    }

    private static boolean differsBy(Consumer<Graphics2D> fault) {
        BufferedImage other = copy();
        Graphics2D pen = other.createGraphics();
        fault.accept(pen);
        pen.dispose();
        return !new Likeness(page, other).isTheSame();
    }

    private static BufferedImage copy() {
        BufferedImage copy = new BufferedImage(page.getWidth(), page.getHeight(), BufferedImage.TYPE_INT_RGB);
        copy.createGraphics().drawImage(page, 0, 0, null);
        return copy;
    }

    private static BufferedImage part(Rectangle of) {
        BufferedImage part = new BufferedImage(of.width, of.height, BufferedImage.TYPE_INT_RGB);
        part.createGraphics().drawImage(page, -of.x, -of.y, null);
        return part;
    }

    /** The title of the first reply of the list; as much below it is its text. */
    private static Rectangle lines() {
        return new Rectangle(289, 432, 200, 22);
    }

    private static int darker(int one, int other) {
        return (one >> 8 & 0xFF) < (other >> 8 & 0xFF) ? one : other;
    }

    private static int near(int value) {
        return Math.min(255, Math.max(0, value));
    }
}
