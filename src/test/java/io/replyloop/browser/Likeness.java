package io.replyloop.browser;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether two pictures of a page show the same to somebody who looks at them, see src/docs/adr/0141. Compared are not
 * pixels but the mean colours of squares of several sizes. Small squares notice what is somewhere else or gone, and are
 * lenient, because the edges of letters differ from one Chromium to the next; large ones notice a ground that has another
 * colour, and are strict, because what happens at edges cancels out in them. Each square may lie a pixel above or below, or two beside.
 *
 * @see <a href="https://en.wikipedia.org/wiki/CIELAB_color_space">CIELAB: a difference of 2.3 is just noticed</a>
 */
final class Likeness {
    /**
     * @param size of a square, in pixels
     * @param tolerance the difference of colours up to which it is the same
     * @param few so many squares beyond it are still an edge of a letter
     */
    private record Scale(int size, double tolerance, int few) {}

    private static final List<Scale> SCALES =
            List.of(new Scale(8, 14, 3), new Scale(16, 7, 1), new Scale(32, 3.5, 0), new Scale(64, 2, 0));

    /** Letters that are a fraction wider move what stands behind them on the line. */
    private static final int BESIDE = 2;

    private static final int ABOVE = 1;
    private static final Color MARK = new Color(220, 0, 90, 90);

    /** A square that differs. */
    record Square(int x, int y, int size, double difference) {}

    private final BufferedImage actual;
    private final List<Square> differences = new ArrayList<>();

    Likeness(BufferedImage expected, BufferedImage actual) {
        this.actual = actual;
        if (expected.getWidth() != actual.getWidth() || expected.getHeight() != actual.getHeight()) {
            differences.add(new Square(0, 0, Math.max(actual.getWidth(), actual.getHeight()), Double.MAX_VALUE));
            return;
        }
        Sums before = new Sums(expected);
        Sums now = new Sums(actual);
        for (Scale scale : SCALES) {
            List<Square> found = differing(before, now, scale);
            if (found.size() > scale.few()) {
                differences.addAll(found);
            }
        }
    }

    boolean isTheSame() {
        return differences.isEmpty();
    }

    List<Square> differences() {
        return differences;
    }

    /** What is there now, with the squares that differ. */
    BufferedImage marked() {
        BufferedImage marked = new BufferedImage(actual.getWidth(), actual.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = marked.createGraphics();
        pen.drawImage(actual, 0, 0, null);
        pen.setColor(MARK);
        differences.forEach(square -> pen.fillRect(square.x(), square.y(), square.size(), square.size()));
        pen.dispose();
        return marked;
    }

    /** Squares overlap by half, so that whatever is as large as one is somewhere in the middle of one. */
    private static List<Square> differing(Sums before, Sums now, Scale scale) {
        int size = scale.size();
        List<Square> found = new ArrayList<>();
        for (int y = 0; y + size <= now.height; y += size / 2) {
            for (int x = 0; x + size <= now.width; x += size / 2) {
                double difference = nearest(before, now.mean(x, y, size), x, y, size);
                if (difference > scale.tolerance()) {
                    found.add(new Square(x, y, size, difference));
                }
            }
        }
        return found;
    }

    private static double nearest(Sums before, double[] mean, int x, int y, int size) {
        double nearest = Double.MAX_VALUE;
        for (int down = -ABOVE; down <= ABOVE; down++) {
            for (int right = -BESIDE; right <= BESIDE; right++) {
                if (before.has(x + right, y + down, size)) {
                    nearest = Math.min(nearest, distance(before.mean(x + right, y + down, size), mean));
                }
            }
        }
        return nearest;
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }

    /** Of a picture, such that the mean of any square is four additions per component. */
    private static final class Sums {
        private static final int COMPONENTS = 3;

        private final int width;
        private final int height;
        private final double[][] sums;

        Sums(BufferedImage picture) {
            width = picture.getWidth();
            height = picture.getHeight();
            int line = width + 1;
            sums = new double[COMPONENTS][line * (height + 1)];
            // A page has few colours.
            Map<Integer, double[]> known = new HashMap<>();
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double[] lab = known.computeIfAbsent(picture.getRGB(x, y) & 0xFFFFFF, Sums::lab);
                    int at = (y + 1) * line + x + 1;
                    for (int i = 0; i < COMPONENTS; i++) {
                        sums[i][at] = lab[i] + sums[i][at - 1] + sums[i][at - line] - sums[i][at - line - 1];
                    }
                }
            }
        }

        boolean has(int x, int y, int size) {
            return x >= 0 && y >= 0 && x + size <= width && y + size <= height;
        }

        double[] mean(int x, int y, int size) {
            int line = width + 1;
            int top = y * line + x;
            int bottom = (y + size) * line + x;
            double[] mean = new double[COMPONENTS];
            for (int i = 0; i < COMPONENTS; i++) {
                double sum = sums[i][bottom + size] - sums[i][bottom] - sums[i][top + size] + sums[i][top];
                mean[i] = sum / size / size;
            }
            return mean;
        }

        /** CIELAB of an sRGB colour under D65. */
        private static double[] lab(int rgb) {
            double red = linear(rgb >> 16 & 0xFF);
            double green = linear(rgb >> 8 & 0xFF);
            double blue = linear(rgb & 0xFF);
            double x = bent((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
            double y = bent(0.2126 * red + 0.7152 * green + 0.0722 * blue);
            double z = bent((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
            return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
        }

        private static double linear(int value) {
            double part = value / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        }

        private static double bent(double part) {
            return part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16.0 / 116;
        }
    }
}
