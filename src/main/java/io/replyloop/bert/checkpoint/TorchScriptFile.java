package io.replyloop.bert.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A TorchScript archive exported elsewhere. It is a program that runs inside this process, so it is opened only if the
 * operator permits it, and only after its whole ZIP has been read with limits and checksums, before PyTorch sees it.
 */
public final class TorchScriptFile {
    public static final String NAME = "model.pt";
    /** Name of the system property and, in capitals, of the environment variable with which the operator permits it. */
    public static final String PERMISSION = "replyloop.model.allow-torchscript";

    private static final long SIZE_LIMIT = 16L << 30;
    private static final int ENTRY_LIMIT = 100_000;
    private static final int CODE_LIMIT = 64 << 20;
    private static final int PICKLE_LIMIT = 256 << 20;
    private static final int NEWEST_VERSION = 10;

    private TorchScriptFile() {}

    static boolean isAllowed() {
        String setting = System.getProperty(
                PERMISSION, System.getenv(PERMISSION.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")));
        return Boolean.parseBoolean(setting);
    }

    /** @throws CheckpointException if opening is not permitted, or the file is incomplete */
    public static void check(Path file) {
        if (!isAllowed()) {
            throw new CheckpointException(
                    file + ": is TorchScript, a program that would run inside this process; if you"
                            + " trust whoever made it, set " + PERMISSION + "=true (commands: --allow-torchscript)");
        }
        try {
            if (Files.size(file) > SIZE_LIMIT) {
                throw new CheckpointException(file + ": is larger than " + (SIZE_LIMIT >> 30) + " GiB");
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                checkEntries(file, zip);
            }
        } catch (IOException e) {
            throw new CheckpointException(
                    file + ": is no whole TorchScript archive (" + e.getMessage() + "); export or copy it again", e);
        }
    }

    private static void checkEntries(Path file, ZipFile zip) throws IOException {
        if (zip.size() == 0 || zip.size() > ENTRY_LIMIT) {
            throw new CheckpointException(file + ": has " + zip.size() + " entries, and is no TorchScript archive");
        }
        Set<String> names = new HashSet<>();
        String root = null;
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            int slash = name.indexOf('/');
            if (slash < 1 || name.contains("..") || name.contains("\\") || (root != null && !name.startsWith(root))) {
                throw new CheckpointException(file + ": entry '" + name + "' does not belong into one folder");
            }
            root = name.substring(0, slash + 1);
            if (!names.add(name.substring(slash + 1))) {
                throw new CheckpointException(file + ": entry '" + name + "' is there twice");
            }
            // PyTorch compresses only source; tensors are stored, so that they cannot be larger than the file.
            if (entry.getMethod() != ZipEntry.STORED
                    && (!name.substring(slash + 1).startsWith("code/") || entry.getSize() > CODE_LIMIT)) {
                throw new CheckpointException(file + ": entry '" + name + "' is compressed, which only source of up to "
                        + (CODE_LIMIT >> 20) + " MiB may be");
            }
            readWhole(file, zip, entry);
        }
        for (String needed : List.of("data.pkl", "constants.pkl", "version")) {
            if (!names.contains(needed)) {
                throw new CheckpointException(file + ": has no " + needed + ", so it is no TorchScript archive; a plain"
                        + " torch.save(model) is refused, export with torch.jit.save(torch.jit.trace(model, ...))");
            }
        }
        if (names.stream().noneMatch(name -> name.startsWith("code/"))) {
            throw new CheckpointException(
                    file + ": has no code, so it holds weights alone; export with torch.jit.save");
        }
        checkVersion(file, new String(content(file, zip, root + "version"), StandardCharsets.UTF_8));
        String pickle = new String(content(file, zip, root + "data.pkl"), StandardCharsets.ISO_8859_1);
        for (String type : List.of("BFloat16Storage", "HalfStorage")) {
            // DJL ends the whole process when it encounters a bf16 array.
            if (pickle.contains(type)) {
                throw new CheckpointException(file + ": holds weights in half precision; export the model in float32");
            }
        }
    }

    private static void checkVersion(Path file, String text) {
        String version = text.strip();
        if (!version.matches("\\d{1,4}") || Integer.parseInt(version) > NEWEST_VERSION) {
            throw new CheckpointException(file + ": is of format version '" + version
                    + "', and this PyTorch reads up to " + NEWEST_VERSION + "; export with an older PyTorch");
        }
    }

    private static void readWhole(Path file, ZipFile zip, ZipEntry entry) throws IOException {
        byte[] buffer = new byte[1 << 16];
        CRC32 sum = new CRC32();
        long size = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum.update(buffer, 0, read);
                size += read;
                if (size > entry.getSize()) {
                    break;
                }
            }
        }
        if (size != entry.getSize() || sum.getValue() != entry.getCrc()) {
            throw new CheckpointException(file + ": entry '" + entry.getName() + "' is damaged; copy the file again");
        }
    }

    private static byte[] content(Path file, ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry.getSize() > PICKLE_LIMIT) {
            throw new CheckpointException(file + ": entry '" + name + "' is too large");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
