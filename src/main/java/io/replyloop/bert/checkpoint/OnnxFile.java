package io.replyloop.bert.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights in an ONNX file, and which matrix product uses which. Reads only what is needed: protocol buffers of a
 * fixed depth (model, graph, nodes and tensors); the network itself is known.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">the format</a>
 */
final class OnnxFile {
    private static final int MOST_TENSORS = 100_000;
    private static final int MOST_NODES = 1_000_000;
    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_DIMENSIONS = 8;
    private static final int FLOAT = 1;

    /** Field numbers of the messages, named as in {@code onnx.proto}. */
    private static final int MODEL_GRAPH = 7;

    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int NODE_INPUT = 1;
    private static final int NODE_NAME = 3;
    private static final int NODE_OPERATOR = 4;
    private static final int TENSOR_DIMS = 1;
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;
    private static final int TENSOR_LOCATION = 14;

    /** @param values the bytes of the numbers, or null if they are not stored raw in this file */
    private record Tensor(long[] shape, int type, ByteBuffer values) {}

    private final String source;
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, String> weightsOfProducts = new HashMap<>();

    private OnnxFile(String source) {
        this.source = source;
    }

    /** @param source the name of the file in messages */
    static OnnxFile read(byte[] bytes, String source) {
        OnnxFile file = new OnnxFile(source);
        Message model = new Message(ByteBuffer.wrap(bytes), source);
        boolean found = false;
        while (model.next()) {
            if (model.field == MODEL_GRAPH) {
                if (found) {
                    throw model.damaged("has two graphs");
                }
                found = true;
                file.readGraph(model.message());
            }
        }
        if (!found) {
            throw model.damaged("has no graph");
        }
        return file;
    }

    private void readGraph(Message graph) {
        int nodes = 0;
        while (graph.next()) {
            if (graph.field == GRAPH_INITIALIZER) {
                readTensor(graph.message());
            } else if (graph.field == GRAPH_NODE) {
                if (++nodes > MOST_NODES) {
                    throw graph.damaged("has more than " + MOST_NODES + " nodes");
                }
                readNode(graph.message());
            }
        }
    }

    private void readNode(Message node) {
        String name = "";
        String operator = "";
        List<String> inputs = new ArrayList<>();
        while (node.next()) {
            switch (node.field) {
                case NODE_INPUT -> inputs.add(node.name());
                case NODE_NAME -> name = node.name();
                case NODE_OPERATOR -> operator = node.name();
                default -> {
                    // Outputs, attributes and documentation are irrelevant to the weights.
                }
            }
        }
        if (operator.equals("MatMul") && inputs.size() == 2) {
            if (weightsOfProducts.put(name, inputs.get(1)) != null) {
                throw node.damaged("has two nodes of the name '" + name + "'");
            }
        }
    }

    private void readTensor(Message tensor) {
        String name = "";
        List<Long> dimensions = new ArrayList<>();
        int type = 0;
        boolean elsewhere = false;
        ByteBuffer values = null;
        while (tensor.next()) {
            switch (tensor.field) {
                case TENSOR_DIMS -> tensor.numbers(dimensions, MOST_DIMENSIONS);
                case TENSOR_TYPE -> type = (int) Math.min(Integer.MAX_VALUE, tensor.number());
                case TENSOR_NAME -> name = tensor.name();
                case TENSOR_RAW -> values = tensor.bytes();
                case TENSOR_LOCATION -> elsewhere = tensor.number() != 0;
                default -> {
                    // Numbers that are not raw are rejected on access.
                }
            }
        }
        long[] shape = dimensions.stream().mapToLong(Long::longValue).toArray();
        if (tensors.size() >= MOST_TENSORS
                || tensors.put(name, new Tensor(shape, type, elsewhere ? null : values)) != null) {
            throw tensor.damaged("has two tensors of the name '" + name + "', or more than " + MOST_TENSORS);
        }
    }

    /** Whether there is a tensor of that name. */
    boolean has(String name) {
        return tensors.containsKey(name);
    }

    long[] shape(String name) {
        return tensor(name).shape().clone();
    }

    /** The name of the weight that a node multiplies with, or null if there is no such node. */
    String weightOf(String product) {
        return weightsOfProducts.get(product);
    }

    /** The numbers of an fp32 tensor. */
    float[] floats(String name) {
        Tensor tensor = tensor(name);
        long bytes = Float.BYTES;
        try {
            for (long size : tensor.shape()) {
                if (size < 0) {
                    throw new ArithmeticException("negative");
                }
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException e) {
            throw new CheckpointException(source + ": tensor '" + name + "' has sizes that are no sensible numbers", e);
        }
        if (tensor.type() != FLOAT || tensor.values() == null || tensor.values().remaining() != bytes) {
            throw new CheckpointException(
                    source + ": tensor '" + name + "' is not given as " + bytes + " bytes of fp32 in the file itself");
        }
        float[] values = new float[(int) (bytes / Float.BYTES)];
        tensor.values()
                .duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new CheckpointException(source + ": has no tensor '" + name + "'; it is another network");
        }
        return tensor;
    }

    /** One message, read field by field. Reading never leaves the message, whatever a length claims. */
    private static final class Message {
        private static final int VARINT = 0;
        private static final int EIGHT_BYTES = 1;
        private static final int LENGTH = 2;
        private static final int FOUR_BYTES = 5;

        private final ByteBuffer bytes;
        private final String source;
        private int field;
        private int kind;
        private long number;
        private ByteBuffer content;

        Message(ByteBuffer bytes, String source) {
            this.bytes = bytes;
            this.source = source;
        }

        /** Moves to the next field; false at the end. */
        boolean next() {
            if (!bytes.hasRemaining()) {
                return false;
            }
            long key = varint();
            if (key >>> 3 < 1 || key >>> 3 > 0x1FFFFFFF) {
                throw damaged("names a field " + Long.toUnsignedString(key >>> 3));
            }
            field = (int) (key >>> 3);
            kind = (int) (key & 7);
            content = null;
            switch (kind) {
                case VARINT -> number = varint();
                case EIGHT_BYTES -> content = take(8);
                case FOUR_BYTES -> content = take(4);
                case LENGTH -> content = take(varint());
                default -> throw damaged("has a field of the unknown kind " + kind);
            }
            return true;
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < 64 && bytes.hasRemaining(); shift += 7) {
                byte next = bytes.get();
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw damaged("ends inside a number, or has one that is too long");
        }

        private ByteBuffer take(long length) {
            if (length < 0 || length > bytes.remaining()) {
                throw damaged("claims a field of " + Long.toUnsignedString(length) + " bytes where " + bytes.remaining()
                        + " are left");
            }
            ByteBuffer taken = bytes.slice(bytes.position(), (int) length);
            bytes.position(bytes.position() + (int) length);
            return taken;
        }

        Message message() {
            return new Message(bytes(), source);
        }

        ByteBuffer bytes() {
            if (kind != LENGTH) {
                throw damaged("has a number where there should be a message");
            }
            return content;
        }

        long number() {
            if (kind != VARINT || number < 0) {
                throw damaged("has something else where there should be a number");
            }
            return number;
        }

        /** Reads a single element of a repeated number, or all of them packed into one field. */
        void numbers(List<Long> into, int most) {
            if (kind == LENGTH) {
                Message packed = new Message(content, source);
                while (packed.bytes.hasRemaining() && into.size() <= most) {
                    into.add(packed.varint());
                }
            } else {
                into.add(number());
            }
            if (into.size() > most) {
                throw damaged("has a tensor of more than " + most + " dimensions");
            }
        }

        String name() {
            if (bytes().remaining() > LONGEST_NAME) {
                throw damaged("has a name of " + content.remaining() + " bytes");
            }
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
            } catch (CharacterCodingException e) {
                throw damaged("has a name that is no text");
            }
        }

        CheckpointException damaged(String what) {
            return new CheckpointException(source + ": " + what + "; it is damaged, or no ONNX file");
        }
    }
}
