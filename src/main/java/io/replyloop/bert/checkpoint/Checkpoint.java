package io.replyloop.bert.checkpoint;

import io.replyloop.platform.FileHashes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Hugging Face directory: {@code config.json}, tokenizer files and safetensors, single or sharded. It is checked
 * completely against its configuration when opened, before any of it reaches native code.
 */
public final class Checkpoint implements AutoCloseable {
    private static final Pattern LAYER = Pattern.compile("(?:^|\\.)(?:layer|h)\\.(\\d{1,6})\\.");
    /** The head that the network should end in. */
    private enum Purpose {
        CLASSIFIER,
        MASKED,
        ENCODER
    }

    private record Found(SafetensorsFile file, SafetensorsFile.Entry entry) {}

    private final Path directory;
    private final BertConfig config;
    private final List<SafetensorsFile> files;
    private final Map<String, Found> found;
    private final List<TensorSlot> slots;
    private final Purpose purpose;

    private Checkpoint(Path directory, BertConfig config, List<SafetensorsFile> files, Purpose purpose) {
        this.directory = directory;
        this.config = config;
        this.files = files;
        this.purpose = purpose;
        slots = switch (purpose) {
            case CLASSIFIER -> config.classifierSlots();
            case MASKED -> config.maskedSlots();
            case ENCODER -> config.encoderSlots();
        };
        found = index();
    }

    public static Checkpoint openClassifier(Path directory) {
        return open(directory, CheckpointFiles.readConfig(directory), Purpose.CLASSIFIER);
    }

    /** The desired output of the head: determines the width of a fresh one and how a single logit is interpreted. */
    public enum Outputs {
        /** As many logits as config.json has labels. */
        CLASSES,
        /** One logit, the higher the better; an existing head keeps its width. */
        RANK,
        /** One logit that is the grade itself. */
        GRADE
    }

    /** Opens with the head to be trained: the one in the file, or a fresh one of the right width. */
    public static Checkpoint openForFineTuning(Path directory, Outputs outputs) {
        BertConfig config = CheckpointFiles.readConfig(directory);
        List<SafetensorsFile> files = CheckpointFiles.openFiles(directory);
        try {
            Checkpoint asIs = new Checkpoint(directory, config, files, Purpose.CLASSIFIER);
            String classifier = config.family.classifierName() + ".weight";
            int labels = config.labels;
            if (!asIs.found.containsKey(classifier) && outputs != Outputs.CLASSES) {
                labels = 1;
            }
            BertConfig wanted = config.withLabels(labels, outputs == Outputs.GRADE && labels == 1);
            Checkpoint checkpoint = new Checkpoint(directory, wanted, files, Purpose.CLASSIFIER);
            checkpoint.requireWhole();
            return checkpoint;
        } catch (RuntimeException e) {
            files.forEach(SafetensorsFile::close);
            throw e;
        }
    }

    public static Checkpoint openMasked(Path directory) {
        return open(directory, CheckpointFiles.readConfig(directory), Purpose.MASKED);
    }

    /** Opens without a head, as a text encoder. */
    public static Checkpoint openEncoder(Path directory) {
        return open(directory, CheckpointFiles.readConfig(directory), Purpose.ENCODER);
    }

    /** Creates a network of the given shape without a directory; all tensors are fresh. */
    public static Checkpoint fresh(BertConfig config, boolean masked) {
        return new Checkpoint(null, config, List.of(), masked ? Purpose.MASKED : Purpose.CLASSIFIER);
    }

    private static Checkpoint open(Path directory, BertConfig config, Purpose purpose) {
        List<SafetensorsFile> files = CheckpointFiles.openFiles(directory);
        try {
            Checkpoint checkpoint = new Checkpoint(directory, config, files, purpose);
            checkpoint.requireWhole();
            return checkpoint;
        } catch (RuntimeException e) {
            files.forEach(SafetensorsFile::close);
            throw e;
        }
    }

    /** Returns the same network with the weights of another file, which must contain every tensor. */
    public Checkpoint withWeights(Path file) {
        SafetensorsFile weights = SafetensorsFile.open(file);
        try {
            Checkpoint other = new Checkpoint(directory, config, List.of(weights), purpose);
            other.requireWhole();
            return other;
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    public List<SafetensorsWriter.Tensor> readAll() {
        return readAll(new Random(0));
    }

    /** @param random initialises tensors that are missing in the files */
    public List<SafetensorsWriter.Tensor> readAll(Random random) {
        List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
        for (TensorSlot slot : slots) {
            if (slot.kind() != TensorSlot.Kind.ABSENT) {
                float[] values = new float[Math.toIntExact(slot.count())];
                read(slot, random).asFloatBuffer().get(values);
                tensors.add(new SafetensorsWriter.Tensor(slot.name(), slot.shape(), values));
            }
        }
        return tensors;
    }

    public BertConfig config() {
        return config;
    }

    public List<TensorSlot> slots() {
        return slots;
    }

    public Path directory() {
        return directory;
    }

    /** A digest of configuration and weights, equal for two directories with the same network. */
    public String digest() {
        StringBuilder parts = new StringBuilder();
        files.stream()
                .map(SafetensorsFile::path)
                .sorted()
                .forEach(file -> parts.append(sha256(file)).append('\n'));
        return sha256(parts + sha256(directory.resolve("config.json")));
    }

    public static String sha256(Path file) {
        try {
            return FileHashes.sha256(file);
        } catch (IOException e) {
            throw new CheckpointException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    public static String sha256(String text) {
        return FileHashes.sha256(text);
    }

    public long parameters() {
        return slots.stream().mapToLong(TensorSlot::count).sum();
    }

    /** Reads the tensor of a slot as fp32. If the file has no head, initialises the tensor as Hugging Face does. */
    public ByteBuffer read(TensorSlot slot, Random random) {
        Found tensor = found.get(slot.name());
        return tensor != null ? tensor.file().readFloats(tensor.entry()) : initialise(slot, random);
    }

    private ByteBuffer initialise(TensorSlot slot, Random random) {
        int count = Math.toIntExact(slot.count());
        ByteBuffer floats = ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
        int padFrom = -1;
        int padTo = -1;
        if (slot.name().endsWith("word_embeddings.weight")) {
            padFrom = config.padId * config.embedding;
            padTo = padFrom + config.embedding;
        }
        for (int i = 0; i < count; i++) {
            float value = switch (slot.kind()) {
                case WEIGHT -> (float) (random.nextGaussian() * config.initializerRange);
                case NORM_WEIGHT -> 1f;
                case BIAS, NORM_BIAS, ABSENT -> 0f;
            };
            floats.putFloat(i >= padFrom && i < padTo ? 0f : value);
        }
        return floats.flip();
    }

    private Map<String, Found> index() {
        Map<String, Found> all = new HashMap<>();
        for (SafetensorsFile file : files) {
            for (SafetensorsFile.Entry entry : file.entries().values()) {
                String name = modernName(entry.name());
                if (all.put(name, new Found(file, entry)) != null) {
                    throw new CheckpointException(file.path() + ": tensor '" + entry.name()
                            + "' is there twice under old and new names; save the checkpoint again with transformers");
                }
            }
        }
        Map<String, Found> wanted = new HashMap<>();
        for (TensorSlot slot : slots) {
            String name = slot.name();
            Found tensor = all.get(name);
            String prefix = config.family.prefix + ".";
            if (tensor == null && name.startsWith(prefix)) {
                tensor = all.get(name.substring(prefix.length()));
            }
            if (tensor != null) {
                wanted.put(name, tensor);
            }
        }
        for (Map.Entry<String, Found> entry : all.entrySet()) {
            Matcher layer = LAYER.matcher(entry.getKey());
            if (layer.find() && Integer.parseInt(layer.group(1)) >= config.layers) {
                throw new CheckpointException(entry.getValue().file().path() + ": tensor '" + entry.getKey()
                        + "' belongs to a layer beyond the " + config.layers + " of config.json; the two do not match");
            }
        }
        return wanted;
    }

    private static String modernName(String name) {
        if (name.endsWith(".gamma")) {
            return name.substring(0, name.length() - 5) + "weight";
        }
        return name.endsWith(".beta") ? name.substring(0, name.length() - 4) + "bias" : name;
    }

    private void requireWhole() {
        for (TensorSlot slot : slots) {
            Found tensor = found.get(slot.name());
            if (tensor == null) {
                if (slot.kind() != TensorSlot.Kind.ABSENT && !mayBeFresh(slot)) {
                    throw new CheckpointException(files.get(0).path() + ": tensor '" + slot.name()
                            + "' is missing; config.json asks for a " + config.family.modelType + " of " + config.layers
                            + " layers, check that both belong together");
                }
                continue;
            }
            SafetensorsFile.Entry entry = tensor.entry();
            if (!Arrays.equals(entry.shape(), slot.shape())) {
                throw new CheckpointException(tensor.file().path() + ": tensor '" + entry.name() + "' has shape "
                        + Arrays.toString(entry.shape()) + " but config.json asks for " + Arrays.toString(slot.shape())
                        + ShapeFields.of(config, slot, entry.shape()) + "; check that both belong together");
            }
            if (!List.of("F32", "F16", "BF16").contains(entry.type())) {
                throw new CheckpointException(tensor.file().path() + ": tensor '" + entry.name() + "' is of type "
                        + entry.type() + "; convert the checkpoint to F32, F16 or BF16");
            }
        }
    }

    /** The tensors of the head that no file has, which are fresh, and score by chance until they have been trained. */
    public List<String> missingHead() {
        return slots.stream()
                .filter(slot -> slot.kind() != TensorSlot.Kind.ABSENT && !found.containsKey(slot.name()))
                .map(TensorSlot::name)
                .toList();
    }

    /** A head may be missing, but not half of a layer: a weight without its bias means that the file is damaged. */
    private boolean mayBeFresh(TensorSlot slot) {
        if (slot.part() != TensorSlot.Part.HEAD) {
            return false;
        }
        String layer = slot.name().substring(0, slot.name().lastIndexOf('.') + 1);
        return slots.stream()
                .filter(other -> other.name().startsWith(layer) && other.name().indexOf('.', layer.length()) < 0)
                .noneMatch(other -> found.containsKey(other.name()));
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
