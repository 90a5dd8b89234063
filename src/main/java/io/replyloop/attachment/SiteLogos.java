package io.replyloop.attachment;

import io.quarkus.runtime.StartupEvent;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.FileHashes;
import io.replyloop.platform.LimitedInputStream;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.site.Logo;
import io.replyloop.site.Logos;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Makes logos from what admins upload: recognised by its contents, decoded and encoded anew, as attached pictures are. */
@Singleton
class SiteLogos {
    static final long LARGEST = 1 << 20;

    /** The longest edge: a few times what it takes on the screen. */
    private static final int LONGEST = 320;

    private static final Set<FileKind> KINDS = EnumSet.of(FileKind.PNG, FileKind.JPEG, FileKind.WEBP);

    private final Logos logos;
    private final Pictures pictures;
    private final Path folder;

    SiteLogos(Logos logos, Pictures pictures, ApplicationFolder application) {
        this.logos = logos;
        this.pictures = pictures;
        folder = application.folder("logos-coming");
    }

    /** What a killed server has left behind. */
    void atStart(@Observes StartupEvent start) throws IOException {
        ComingFiles.clear(folder);
    }

    Logo of(UUID site) {
        return logos.of(site).orElseThrow(() -> Problem.notFound("logo"));
    }

    Logo change(UUID site, InputStream body) throws IOException {
        // Before the work, which would be for nothing.
        logos.require(site);
        Path own = Files.createTempDirectory(folder, "logo-");
        try {
            Path file = own.resolve("original");
            Files.copy(new LimitedInputStream(body, LARGEST, SiteLogos::tooLarge), file);
            FileKind kind = FileSniffer.kindOf(file).filter(KINDS::contains).orElseThrow(SiteLogos::unsupported);
            Pictures.Shown made = pictures.of(file, kind, own, LONGEST).orElseThrow(SiteLogos::unsupported);
            byte[] bytes = Files.readAllBytes(made.large());
            return logos.keep(
                    site,
                    FileHashes.sha256(new ByteArrayInputStream(bytes)),
                    new Logos.Picture(bytes, made.mediaType(), made.width(), made.height()));
        } finally {
            ComingFiles.delete(own);
        }
    }

    void remove(UUID site) {
        logos.remove(site);
    }

    private static Problem tooLarge() {
        return new Problem(ProblemCode.TOO_LARGE, "A logo has at most 1 MiB. Send a smaller file.");
    }

    private static Problem unsupported() {
        return new Problem(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "This is no picture that can be shown. Send a PNG, JPEG or WebP file; what counts is what it contains,"
                        + " and not its name.");
    }
}
