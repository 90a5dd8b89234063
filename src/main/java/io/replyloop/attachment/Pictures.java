package io.replyloop.attachment;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import jakarta.inject.Singleton;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.jboss.logging.Logger;

/**
 * Makes the pictures that people see: decoded and encoded anew, so that nothing of the file comes along but what can be
 * seen, upright, in two sizes. The size of a picture is read before the picture is; few are in memory at once.
 */
@Singleton
class Pictures {
    private static final Logger LOG = Logger.getLogger(Pictures.class);

    /** The longest edge of what is shown large, and small (twice what it takes on the screen). */
    private static final int LARGE = 2048;

    private static final int THUMBNAIL = 480;

    /** Of a larger picture only each second, third … pixel is decoded: 64 MiB at most, besides what decoders need. */
    private static final long MOST_DECODED = 16_000_000;

    /**
     * The decoder of WebP keeps the whole picture, and an object for each piece of it: 45 bytes for a pixel, 2 GiB for a
     * picture of 7000 by 7000, however few are wanted and however small the file is. This is 2048 by 2048: 200 MiB.
     */
    private static final long MOST_IN_WEBP = 2_048 * 2_048;

    private static final int MOST_AT_ONCE = 4;
    private static final float QUALITY = 0.85f;

    private final AttachmentConfig config;
    private final Semaphore turns = new Semaphore(
            Math.max(1, Math.min(MOST_AT_ONCE, Runtime.getRuntime().availableProcessors() / 4)), true);

    Pictures(AttachmentConfig config) {
        this.config = config;
    }

    /**
     * @param width of the original, upright
     * @param large a file in the folder
     * @param mediaType of both files
     */
    record Shown(int width, int height, Path large, Path thumbnail, String mediaType) {}

    /** @return empty if it cannot be shown: damaged, too large, or of a kind within its kind that nobody here decodes */
    Optional<Shown> of(Path file, FileKind kind, Path folder) {
        return of(file, kind, folder, LARGE);
    }

    /** @param longest edge of what is shown large */
    Optional<Shown> of(Path file, FileKind kind, Path folder, int longest) {
        turns.acquireUninterruptibly();
        try {
            Optional<BufferedImage> decoded = decode(BarePicture.of(file, kind, folder), kind);
            if (decoded.isEmpty()) {
                return Optional.empty();
            }
            BufferedImage image = decoded.get();
            Orientation orientation = kind == FileKind.JPEG ? Orientation.of(file) : Orientation.UPRIGHT;
            BufferedImage large = upright(scaled(image, longest), orientation);
            BufferedImage thumbnail = scaled(large, THUMBNAIL);
            boolean png = image.getColorModel().hasAlpha();
            String format = png ? "png" : "jpeg";
            Shown shown = new Shown(
                    large.getWidth(),
                    large.getHeight(),
                    folder.resolve("large"),
                    folder.resolve("thumbnail"),
                    "image/" + format);
            write(large, format, shown.large());
            write(thumbnail, format, shown.thumbnail());
            return Optional.of(shown);
        } catch (IOException | RuntimeException damaged) {
            // Decoders meet damaged and hostile files with every exception there is.
            LOG.debugf(damaged, "A %s cannot be shown", kind);
            return Optional.empty();
        } finally {
            turns.release();
        }
    }

    private Optional<BufferedImage> decode(Path file, FileKind kind) throws IOException {
        ImageReader reader = reader(kind);
        try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
            reader.setInput(in, true, true);
            long width = reader.getWidth(0);
            long height = reader.getHeight(0);
            if (width < 1 || height < 1 || width * height > mostPixels(kind)) {
                LOG.debugf("A %s of %d by %d pixels is too large to be shown", kind, width, height);
                return Optional.empty();
            }
            int step = 1;
            while (width * height / step / step > MOST_DECODED) {
                step++;
            }
            ImageReadParam parameters = reader.getDefaultReadParam();
            parameters.setSourceSubsampling(step, step, 0, 0);
            return Optional.of(reader.read(0, parameters));
        } finally {
            reader.dispose();
        }
    }

    private long mostPixels(FileKind kind) {
        return kind == FileKind.WEBP ? Math.min(MOST_IN_WEBP, config.mostPixels()) : config.mostPixels();
    }

    private static ImageReader reader(FileKind kind) throws IOException {
        return switch (kind) {
            case PNG -> ImageIO.getImageReadersByFormatName("png").next();
            case JPEG -> ImageIO.getImageReadersByFormatName("jpeg").next();
            case GIF -> ImageIO.getImageReadersByFormatName("gif").next();
            case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
            default -> throw new IllegalArgumentException(kind + " is no picture");
        };
    }

    /** By halves, because a single large step would leave out most pixels. */
    private static BufferedImage scaled(BufferedImage image, int longest) {
        double factor = Math.min(1, (double) longest / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
        BufferedImage current = image;
        while (current.getWidth() >= 2 * width && current.getHeight() >= 2 * height) {
            current = drawn(current, current.getWidth() / 2, current.getHeight() / 2);
        }
        return drawn(current, width, height);
    }

    private static BufferedImage drawn(BufferedImage image, int width, int height) {
        BufferedImage drawn = canvas(image, width, height);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return drawn;
    }

    private static BufferedImage upright(BufferedImage image, Orientation orientation) {
        if (orientation == Orientation.UPRIGHT) {
            return image;
        }
        int width = image.getWidth();
        int height = image.getHeight();
        BufferedImage upright = canvas(image, orientation.lies() ? height : width, orientation.lies() ? width : height);
        Graphics2D graphics = upright.createGraphics();
        AffineTransform turn = orientation.turn(width, height);
        graphics.drawImage(image, turn, null);
        graphics.dispose();
        return upright;
    }

    private static BufferedImage canvas(BufferedImage image, int width, int height) {
        boolean alpha = image.getColorModel().hasAlpha();
        return new BufferedImage(width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    }

    private static void write(BufferedImage image, String format, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream out = new FileImageOutputStream(file.toFile())) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(QUALITY);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
