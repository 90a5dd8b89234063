package io.replyloop.model;

import io.replyloop.platform.LimitedInputStream;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks a model directory from an archive that anybody may have made: only files that belong to one, flat or in one
 * folder, none of them a link, a program or a pickle, and never more than the limits, whatever the archive claims.
 */
final class UploadedArchive {
    private static final int MOST_ENTRIES = 200;
    private static final long LONGEST_TEXT = 24L << 20;
    /** Of the lists of contents in a .zip, and of what stands before a file in a .tar: those of a model take a few KiB. */
    private static final long LONGEST_LIST = 1 << 20;
    /** What systems leave behind has to be unpacked to be left out. */
    private static final long MOST_SKIPPED = 64 << 20;

    private static final Set<String> PROGRAMS =
            Set.of("bin", "pt", "pth", "pkl", "pickle", "py", "ckpt", "joblib", "so", "jar", "sh", "exe", "dll");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,120}");
    private static final Pattern KNOWN =
            Pattern.compile(".*\\.(json|txt|safetensors|model|md)|SHA256SUMS|LICENSE|README", Pattern.CASE_INSENSITIVE);
    private static final Pattern LEFT_BY_SYSTEMS =
            Pattern.compile("(.*/)?(\\.[A-Za-z_][^/]*|__MACOSX(/.*)?)|.*/__MACOSX/.*");

    private final Path into;
    private final long longest;
    private final Set<String> names = new HashSet<>();
    private final Set<String> folders = new HashSet<>();
    private int entries;
    private long written;
    private long skipped;

    private UploadedArchive(Path into, long longest) {
        this.into = into;
        this.longest = longest;
    }

    /**
     * @param into an empty directory, which afterwards holds the files without the folder that they were in
     * @throws Problem {@code model-refused}, saying which file and why
     */
    static void unpack(Path archive, Path into, long longest) throws IOException {
        UploadedArchive unpacked = new UploadedArchive(into, longest);
        byte[] head = new byte[4];
        int read;
        try (InputStream in = Files.newInputStream(archive)) {
            read = in.readNBytes(head, 0, head.length);
        }
        try {
            if (read >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
                unpacked.zip(archive);
            } else if (read >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
                unpacked.tar(archive);
            } else {
                throw refused(
                        "The file is neither a .zip nor a .tar.gz archive. Pack the model's directory as one of them.");
            }
        } catch (IOException | IllegalArgumentException damaged) {
            if (damaged instanceof IOException failure && isOfTheDisk(failure)) {
                throw failure;
            }
            throw refused("The archive is damaged or incomplete: " + damaged.getMessage() + ". Pack it again.");
        }
        if (unpacked.names.isEmpty()) {
            throw refused("The archive holds no file of a model. Pack the directory with config.json in it.");
        }
    }

    private static boolean isOfTheDisk(IOException failure) {
        return failure instanceof FileSystemException
                || String.valueOf(failure.getMessage()).contains("No space left");
    }

    private void zip(Path archive) throws IOException {
        // The reader takes all of the list into memory, however many entries that are.
        try (LimitedChannel channel =
                        new LimitedChannel(Files.newByteChannel(archive), LONGEST_LIST, UploadedArchive::listTooLong);
                ZipFile zip = ZipFile.builder().setSeekableByteChannel(channel).get()) {
            channel.unlimited();
            List<ZipArchiveEntry> all = new ArrayList<>();
            zip.getEntries().asIterator().forEachRemaining(all::add);
            for (ZipArchiveEntry entry : all) {
                if (entry.getGeneralPurposeBit().usesEncryption()) {
                    throw refused("The archive is encrypted. Pack it without a password.");
                }
                boolean plain = !entry.isUnixSymlink();
                String name = wanted(entry.getName(), entry.isDirectory(), plain);
                if (name != null) {
                    requireUsualMethod(entry);
                    try (InputStream in = zip.getInputStream(entry)) {
                        write(name, in);
                    }
                }
            }
        }
    }

    private static void requireUsualMethod(ZipArchiveEntry entry) {
        if (entry.getMethod() != ZipEntry.DEFLATED && entry.getMethod() != ZipEntry.STORED) {
            throw refused(shown(entry.getName()) + " is compressed by an unusual method (" + entry.getMethod()
                    + "). Pack it again with the usual one, which is called deflate.");
        }
    }

    private void tar(Path archive) throws IOException {
        // What is skipped is decompressed, too, so the limit is on the whole stream.
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                InputStream plain = new LimitedInputStream(
                        new GZIPInputStream(file),
                        longest + MOST_SKIPPED,
                        () -> new Problem(ProblemCode.TOO_LARGE, "Unpacked, the archive is larger than the limit."));
                LimitedInputStream heads = new LimitedInputStream(plain, LONGEST_LIST, UploadedArchive::headTooLong);
                TarArchiveInputStream tar = new TarArchiveInputStream(heads)) {
            for (TarArchiveEntry entry = next(tar, heads); entry != null; entry = next(tar, heads)) {
                boolean usual = entry.isFile() && !entry.isSymbolicLink() && !entry.isLink() && !entry.isSparse();
                String name = wanted(entry.getName(), entry.isDirectory(), usual || entry.isDirectory());
                if (name != null) {
                    write(name, tar);
                } else {
                    skip(tar);
                }
            }
        }
    }

    private void skip(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            skipped += read;
            if (skipped > MOST_SKIPPED) {
                throw refused("The archive holds more than " + (MOST_SKIPPED >> 20)
                        + " MiB that belong to no model. Pack only the model's directory.");
            }
        }
    }

    /**
     * Long names and other headers are read into memory, however long they are; so they must not be. To be called once all
     * of the entry before has been read.
     */
    private static TarArchiveEntry next(TarArchiveInputStream tar, LimitedInputStream heads) throws IOException {
        heads.limit(LONGEST_LIST);
        TarArchiveEntry next = tar.getNextEntry();
        heads.limit(Long.MAX_VALUE);
        return next;
    }

    /** @return the name within the directory; null for what is left out */
    private String wanted(String path, boolean folder, boolean plain) {
        if (++entries > MOST_ENTRIES) {
            throw tooManyEntries();
        }
        if (!plain) {
            throw refused(shown(path) + " is a link or a special file. Pack the file itself.");
        }
        String name = path.startsWith("./") ? path.substring(2) : path;
        if (folder || LEFT_BY_SYSTEMS.matcher(name).matches()) {
            return null;
        }
        String[] parts = name.split("/", -1);
        for (String part : parts) {
            if (!NAME.matcher(part).matches()) {
                throw refused(shown(path) + " has a name that no file of a model has, or leads elsewhere.");
            }
        }
        if (parts.length > 2) {
            throw refused(
                    shown(path) + " lies in a folder of its own. Only the files of the model's directory belong here;"
                            + " leave it out.");
        }
        folders.add(parts.length == 2 ? parts[0] : "");
        if (folders.size() > 1) {
            throw refused(shown(path) + " lies in another folder than the files before it. Pack one directory only.");
        }
        String last = parts[parts.length - 1];
        requireKnown(last);
        if (!names.add(last.toLowerCase(Locale.ROOT))) {
            throw refused(shown(path) + " is there twice.");
        }
        return last;
    }

    private static void requireKnown(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (PROGRAMS.contains(extension)) {
            throw refused(shown(name) + " can hold a program, which would run inside the server. Only weights as"
                    + " .safetensors are accepted: convert them, or leave the file out.");
        }
        if (!KNOWN.matcher(name).matches()) {
            throw refused(shown(name) + " is no file that a model here consists of. Leave it out.");
        }
    }

    private void write(String name, InputStream in) throws IOException {
        boolean weights = name.toLowerCase(Locale.ROOT).endsWith(".safetensors");
        long most = weights ? longest : Math.min(longest, LONGEST_TEXT);
        byte[] buffer = new byte[1 << 16];
        long length = 0;
        try (OutputStream out = Files.newOutputStream(into.resolve(name))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                length += read;
                written += read;
                if (length > most || written > longest) {
                    throw tooLarge(name, length > most ? most : longest);
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static Problem tooManyEntries() {
        return refused("The archive has more than " + MOST_ENTRIES
                + " entries; a model has a dozen. Pack only its directory.");
    }

    private static Problem headTooLong() {
        return refused("The archive has a name or a header of more than " + (LONGEST_LIST >> 20)
                + " MiB. Pack the model's directory again.");
    }

    private static Problem listTooLong() {
        return refused("The archive's list of contents is longer than that of a model, which has a dozen files and at"
                + " most " + MOST_ENTRIES + ". Pack only its directory.");
    }

    static Problem refused(String why) {
        return new Problem(ProblemCode.MODEL_REFUSED, why);
    }

    private static Problem tooLarge(String name, long limit) {
        return new Problem(
                ProblemCode.TOO_LARGE,
                "Unpacked, " + shown(name) + " makes more than " + (limit >> 20) + " MiB, which is the limit.");
    }

    /** A name from the archive, short and without anything that cannot be seen. */
    static String shown(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N} ._/\\\\-]", "?");
        return "'" + (plain.length() > 80 ? plain.substring(0, 80) + "…" : plain) + "'";
    }
}
