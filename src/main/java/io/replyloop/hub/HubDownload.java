package io.replyloop.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.Json;
import io.replyloop.platform.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Downloads one model. The revision is resolved to a commit once. Each file is written as {@code NAME.part}, resumes
 * after an interruption or a restart, and is renamed only if its hash is the one listed by the hub. A folder with a
 * {@code .complete} file is complete and needs no network access.
 */
public final class HubDownload {
    private static final Pattern SMALL = Pattern.compile(
            "(config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab)\\.json|vocab\\.txt|merges\\.txt"
                    + "|sentencepiece\\.bpe\\.model|spiece\\.model|spm\\.model");
    private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9][\\w.-]{0,200}\\.safetensors");
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String COMPLETE = ".complete";
    private static final long SMALL_LIMIT = 256L << 20;
    private static final long TOTAL_LIMIT = 64L << 30;
    private static final Duration REPORT = Duration.ofSeconds(5);

    private final HubModel model;
    private final HubOptions options;
    private final HubListener listener;
    private final Hub hub;
    private long total;
    private long done;
    private long fetched;
    private final long begin = System.nanoTime();
    private long reported = begin;

    private HubDownload(HubModel model, HubOptions options, HubListener listener) {
        this.model = model;
        this.options = options;
        this.listener = listener;
        hub = new Hub(options);
    }

    /** The folder of a model that was downloaded completely before, if any. */
    public static Optional<Path> present(Path downloads, HubModel model) {
        Path folder = folder(downloads, model);
        return Files.isRegularFile(folder.resolve(COMPLETE)) ? Optional.of(folder) : Optional.empty();
    }

    /**
     * @param downloads folder in which each model has its own folder
     * @return the directory of the checkpoint, complete and verified
     * @throws HubException if the model cannot be downloaded; partial downloads are kept for the next call
     */
    public static Path fetch(Path downloads, HubModel model, HubOptions options, HubListener listener) {
        Path folder = folder(downloads, model);
        try {
            Files.createDirectories(folder);
            try (FileChannel lock = FileChannel.open(
                            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = lock.lock()) {
                if (held.isValid() && !Files.isRegularFile(folder.resolve(COMPLETE))) {
                    new HubDownload(model, options, listener).fetchInto(folder);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new HubException(folder + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** The present or future folder of a model. */
    public static Path folder(Path downloads, HubModel model) {
        return downloads.resolve(model.folderName()).resolve(model.revision().replace("/", "--"));
    }

    private void fetchInto(Path folder) throws IOException {
        Hub.Listing listing = patiently("its list of files", () -> hub.list(model));
        forgetOtherCommit(folder, listing.commit());
        Map<String, HubFile> files = wanted(listing);
        HubFile index = files.get(INDEX);
        if (index != null) {
            fetch(folder, listing.commit(), index);
            Set<String> shards = shards(folder.resolve(INDEX));
            for (String shard : shards) {
                files.put(shard, listed(listing, shard));
            }
        }
        total = files.values().stream().mapToLong(HubFile::size).sum();
        requireRoom(folder, files);
        done = 0;
        for (HubFile file : files.values()) {
            fetch(folder, listing.commit(), file);
        }
        Files.writeString(folder.resolve(COMPLETE), model.id() + "@" + listing.commit() + "\n");
    }

    /** If the branch has moved on, deletes what was downloaded: files of two commits must not be mixed. */
    private static void forgetOtherCommit(Path folder, String commit) throws IOException {
        Path note = folder.resolve(".commit");
        if (Files.isRegularFile(note) && !Files.readString(note).strip().equals(commit)) {
            try (var entries = Files.list(folder)) {
                for (Path entry :
                        entries.filter(path -> !path.endsWith(".lock")).toList()) {
                    Files.delete(entry);
                }
            }
        }
        Files.writeString(note, commit);
    }

    private Map<String, HubFile> wanted(Hub.Listing listing) {
        Map<String, HubFile> files = new LinkedHashMap<>();
        for (HubFile file : listing.files()) {
            if (SMALL.matcher(file.name()).matches()) {
                if (file.size() > SMALL_LIMIT) {
                    throw new HubException(model + ": " + file.name() + " is larger than any such file is");
                }
                files.put(file.name(), listed(listing, file.name()));
            }
        }
        if (!files.containsKey("config.json")) {
            throw new HubException(model + ": has no config.json, so it is no model for transformers");
        }
        boolean bytePairs = files.containsKey("vocab.json") && files.containsKey("merges.txt");
        if (!files.containsKey("tokenizer.json") && !files.containsKey("vocab.txt") && !bytePairs) {
            throw new HubException(
                    model + ": has none of tokenizer.json, vocab.txt and vocab.json with merges.txt; save"
                            + " its fast tokenizer with transformers and name that directory instead");
        }
        if (listing.names().contains(WEIGHTS)) {
            files.put(WEIGHTS, listed(listing, WEIGHTS));
        } else if (listing.names().contains(INDEX)) {
            files.put(INDEX, listed(listing, INDEX));
        } else {
            throw new HubException(model + ": has no safetensors file"
                    + (listing.names().contains("pytorch_model.bin")
                            ? ", only pytorch_model.bin, a pickle that can run code and is refused; try a revision that"
                                    + " has one, such as '" + model.id()
                                    + "@refs/pr/1', or convert it with transformers"
                            : ""));
        }
        return files;
    }

    private HubFile listed(Hub.Listing listing, String name) {
        HubFile file = listing.files().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new HubException(model + ": lacks " + name + ", which its index names"));
        if (file.size() < 0 || !file.hash().matches("[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")) {
            throw new HubException(
                    model + ": the hub lists " + name + " without size or hash, so it cannot be checked");
        }
        return file;
    }

    private Set<String> shards(Path index) throws IOException {
        JsonNode map = Json.MAPPER.readTree(index.toFile()).path("weight_map");
        Set<String> shards = new TreeSet<>();
        for (JsonNode shard : map) {
            if (!SHARD.matcher(shard.asText()).matches()) {
                throw new HubException(
                        model + ": " + INDEX + " names '" + shard.asText() + "', which is no file beside it");
            }
            shards.add(shard.asText());
        }
        return shards;
    }

    private void requireRoom(Path folder, Map<String, HubFile> files) throws IOException {
        if (total > TOTAL_LIMIT) {
            throw new HubException(model + ": has " + mega(total) + " MB, more than any ranking model needs");
        }
        long missing = files.values().stream()
                .filter(file -> !Files.exists(folder.resolve(file.name())))
                .mapToLong(file -> file.size() - sizeOf(part(folder, file)))
                .sum();
        long room = Files.getFileStore(folder).getUsableSpace();
        if (missing > room) {
            throw new HubException(model + ": needs " + mega(missing) + " MB more in " + folder + ", where "
                    + mega(room) + " MB are free");
        }
    }

    private void fetch(Path folder, String commit, HubFile file) throws IOException {
        Path whole = folder.resolve(file.name());
        if (Files.isRegularFile(whole)) {
            done += file.size();
            return;
        }
        Path part = part(folder, file);
        patiently(file.name(), () -> {
            append(commit, file, part);
            return null;
        });
        if (!file.matches(digest(file, part))) {
            Files.delete(part);
            throw new HubException(model + ": " + file.name() + " has arrived with another hash than the hub lists ("
                    + file.hash() + "); it was thrown away, and the next start fetches it again");
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        WholeFile.put(part, whole);
        done += file.size();
    }

    private static Path part(Path folder, HubFile file) {
        return folder.resolve(file.name() + ".part");
    }

    private void append(String commit, HubFile file, Path part) throws IOException {
        long have = sizeOf(part);
        if (have == file.size() && Files.exists(part)) {
            return;
        }
        if (have > file.size()) {
            Files.delete(part);
            have = 0;
        }
        HttpResponse<InputStream> response = hub.open(model, commit, file.name(), have);
        try (InputStream body = response.body()) {
            hub.refuse(model, file.name(), response);
            boolean goesOn = response.statusCode() == 206 && begins(response, have);
            if (response.statusCode() == 416 || response.statusCode() == 206 && !goesOn) {
                Files.deleteIfExists(part);
                throw new IOException("the server cannot go on at byte " + have);
            }
            copy(body, file, part, goesOn ? have : 0);
        }
    }

    private static boolean begins(HttpResponse<?> response, long at) {
        return response.headers()
                .firstValue("Content-Range")
                .filter(range -> range.startsWith("bytes " + at + "-"))
                .isPresent();
    }

    private void copy(InputStream body, HubFile file, Path part, long from) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long size = from;
        try (Silence silence = new Silence(body, options.silence());
                FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.truncate(from).position(from);
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                silence.heard();
                if (size + read > file.size()) {
                    throw new HubException(model + ": " + file.name() + " is longer than the " + file.size()
                            + " bytes that the hub lists");
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                size += read;
                fetched += read;
                report(file.name(), done + size);
            }
        }
        if (size < file.size()) {
            throw new IOException("the connection ended after " + size + " of " + file.size() + " bytes");
        }
    }

    private void report(String file, long have) {
        long now = System.nanoTime();
        if (now - reported >= REPORT.toNanos()) {
            double speed = fetched / ((now - begin) / 1e9);
            listener.progress(
                    file, have, total, speed, Duration.ofSeconds((long) ((total - have) / Math.max(1, speed))));
            reported = now;
        }
    }

    private interface Attempt<T> {
        T make() throws IOException;
    }

    /** Retries after transient failures; every byte received resets the count. */
    private <T> T patiently(String what, Attempt<T> attempt) {
        int failures = 0;
        while (true) {
            long before = fetched;
            try {
                return attempt.make();
            } catch (InterruptedIOException stopped) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new HubException(
                            "The download of " + model + " was stopped; the next start goes on", stopped);
                }
                failures = giveUpOrCount(what, before, failures, stopped);
            } catch (IOException broken) {
                failures = giveUpOrCount(what, before, failures, broken);
            }
        }
    }

    private int giveUpOrCount(String what, long before, int failures, IOException broken) {
        int count = fetched > before ? 1 : failures + 1;
        boolean unreachable = broken instanceof ConnectException || broken.getCause() instanceof UnknownHostException;
        if (count >= options.attempts()) {
            throw new HubException(
                    (unreachable ? "There is no way to " + options.address() : "The connection keeps breaking")
                            + " (" + what + " of " + model + ": " + broken + "). What has arrived is kept, and the next"
                            + " start goes on. Without a network, fetch the model elsewhere and name its directory"
                            + " instead; needed are config.json, tokenizer.json and model.safetensors.",
                    broken);
        }
        listener.interrupted(what + ": " + broken, count);
        try {
            Thread.sleep(options.pause().toMillis() << Math.min(6, count - 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException("The download of " + model + " was stopped; the next start goes on", e);
        }
        return count;
    }

    private static MessageDigest digest(HubFile file, Path path) throws IOException {
        MessageDigest digest = file.digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return digest;
    }

    private static long sizeOf(Path path) {
        try {
            return Files.isRegularFile(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            throw new HubException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static long mega(long bytes) {
        return bytes / 1_000_000;
    }
}
