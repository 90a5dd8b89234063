package io.replyloop.bert.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The decision of {@link PrecisionChoice} for a model on this kind of machine, stored in a small file in the data
 * folder. Measurements vary from day to day, but a model must not score differently after a restart. Delete the file to
 * have the next start decide again.
 */
final class RememberedPrecision {
    private static final System.Logger LOG = System.getLogger(RememberedPrecision.class.getName());
    private static final String FOLDER = "precision";
    private static final String DATA = "replyloop.data-dir";
    /** Increased when the rules of the choice change. */
    private static final int RULES = 1;

    private static volatile Path data = Path.of(setting(DATA, "data"));

    private final Path file;
    private final String machine;
    private final String model;

    private RememberedPrecision(Path file, String machine, String model) {
        this.file = file;
        this.machine = machine;
        this.model = model;
    }

    /** @param reason for display: what was measured, and where it is stored */
    record Decision(Precision precision, String reason) {}

    /** Sets the folder of the decisions; the default is the value of {@code replyloop.data-dir}. */
    static void keepIn(Path dataFolder) {
        data = dataFolder;
    }

    private static String setting(String name, String otherwise) {
        String variable = System.getenv(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
        return System.getProperty(name, variable == null ? otherwise : variable);
    }

    static RememberedPrecision of(Checkpoint checkpoint, Device device) {
        String machine = machine(device);
        String model = checkpoint.digest();
        String name = Checkpoint.sha256(RULES + "\n" + machine + "\n" + model).substring(0, 24) + ".json";
        return new RememberedPrecision(data.resolve(FOLDER).resolve(name).toAbsolutePath(), machine, model);
    }

    /**
     * Returns the remembered decision, or makes it. Only one process measures at a time; others wait for its result.
     */
    Decision orElse(Supplier<Decision> choice) {
        synchronized (RememberedPrecision.class) {
            Optional<Decision> known = read();
            if (known.isPresent()) {
                return known.get();
            }
            try {
                Files.createDirectories(file.getParent());
                try (FileChannel channel = FileChannel.open(
                        file.resolveSibling(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    // Released when the channel is closed.
                    channel.lock();
                    known = read();
                    return known.isPresent() ? known.get() : write(choice.get());
                }
            } catch (IOException failure) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The precision cannot be remembered in {0}, so the next start may choose another: {1}",
                        file.getParent(),
                        failure.getMessage());
                return choice.get();
            }
        }
    }

    private Optional<Decision> read() {
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
            Precision precision = Precision.valueOf(json.path("precision").asText());
            return precision == Precision.AUTO
                    ? Optional.empty()
                    : Optional.of(new Decision(
                            precision,
                            json.path("reason").asText() + "; decided "
                                    + json.path("decided").asText() + ", kept in " + file));
        } catch (NoSuchFileException first) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException damaged) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be read; the precision is chosen again", file);
            return Optional.empty();
        }
    }

    private Decision write(Decision decision) throws IOException {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("precision", decision.precision().name())
                .put("reason", decision.reason())
                .put("decided", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("machine", machine)
                .put("model", model);
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.write(partial, Json.PRETTY.writeValueAsBytes(json));
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        return read().orElse(decision);
    }

    /** Identifies the machine by its processor: a container has a different host name at each start. */
    private static String machine(Device device) {
        String processor = "";
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            processor = lines.filter(line -> line.matches("(model name|flags|Features|CPU part)\\s*:.*"))
                    .distinct()
                    .limit(4)
                    .collect(Collectors.joining("; "));
        } catch (IOException | UncheckedIOException notLinux) {
            LOG.log(System.Logger.Level.DEBUG, "no /proc/cpuinfo", notLinux);
        }
        String engine = Torch.call(() -> Engine.getEngine("PyTorch").getVersion());
        return String.join(
                "; ",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                device.toString(),
                engine,
                processor);
    }
}
