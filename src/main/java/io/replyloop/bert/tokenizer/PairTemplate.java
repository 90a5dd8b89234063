package io.replyloop.bert.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.bert.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a tokenizer combines two texts: the special tokens before, between and after them, with their segments. Parsed
 * here from the {@code post_processor} of tokenizer.json instead of using the native library, which ends the whole
 * process if a template names a token that it does not list.
 *
 * @param querySegment segment of the first text
 * @param replySegment segment of the second text
 */
record PairTemplate(Part before, int querySegment, Part between, int replySegment, Part after) {
    private static final int SPECIALS_LIMIT = 16;

    /** A sequence of special tokens. */
    record Part(int[] ids, int[] segments) {
        int length() {
            return ids.length;
        }
    }

    private record Special(int id, int segment) {}

    /** Query, newline, reply, end of text: for GPT-2, whose own tokenizer has no template for pairs. */
    static PairTemplate lines(int newline, int end) {
        return new PairTemplate(part(0), 0, part(0, newline), 0, part(0, end));
    }

    /** Whether a tokenizer has no template of its own. */
    static boolean isMissing(JsonNode processor) {
        if (processor.path("type").asText().equals("Sequence")) {
            for (JsonNode inner : processor.path("processors")) {
                if (!isMissing(inner)) {
                    return false;
                }
            }
            return true;
        }
        return processor.isMissingNode()
                || processor.isNull()
                || processor.path("type").asText().equals("ByteLevel");
    }

    /** @throws CheckpointException if it is not a template for pairs */
    static PairTemplate of(JsonNode processor, Path source) {
        return switch (processor.path("type").asText()) {
            case "TemplateProcessing" -> template(processor, source);
            case "BertProcessing" -> {
                int first = named(processor.path("cls"), source);
                int separator = named(processor.path("sep"), source);
                yield new PairTemplate(part(0, first), 0, part(0, separator), 1, part(1, separator));
            }
            case "RobertaProcessing" -> {
                int first = named(processor.path("cls"), source);
                int separator = named(processor.path("sep"), source);
                yield new PairTemplate(part(0, first), 0, part(0, separator, separator), 0, part(0, separator));
            }
            case "Sequence" -> firstOf(processor.path("processors"), source);
            default -> throw refused(source, "does not put pairs together; a post_processor for pairs is needed");
        };
    }

    private static PairTemplate firstOf(JsonNode processors, Path source) {
        for (JsonNode processor : processors) {
            if (!processor.path("type").asText().equals("ByteLevel")) {
                return of(processor, source);
            }
        }
        throw refused(source, "does not put pairs together; a post_processor for pairs is needed");
    }

    private static PairTemplate template(JsonNode processor, Path source) {
        List<List<Special>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int[] segments = new int[2];
        int texts = 0;
        for (JsonNode piece : processor.path("pair")) {
            JsonNode text = piece.path("Sequence");
            JsonNode special = piece.path("SpecialToken");
            if (text.isObject()) {
                if (texts > 1 || !text.path("id").asText().equals(texts == 0 ? "A" : "B")) {
                    throw refused(source, "does not put the two texts of a pair together in their order");
                }
                segments[texts++] = text.path("type_id").asInt();
            } else if (special.isObject()) {
                String name = special.path("id").asText();
                JsonNode ids = processor.path("special_tokens").path(name).path("ids");
                if (ids.isEmpty() || ids.size() > SPECIALS_LIMIT) {
                    throw refused(source, "puts '" + name + "' into pairs without saying what its id is");
                }
                for (JsonNode id : ids) {
                    parts.get(texts)
                            .add(new Special(
                                    id.asInt(-1), special.path("type_id").asInt()));
                }
            } else {
                throw refused(source, "has a template for pairs that nobody understands");
            }
        }
        if (texts < 2) {
            throw refused(source, "does not put pairs together; a post_processor for pairs is needed");
        }
        if (parts.get(1).isEmpty()) {
            throw refused(source, "puts no separator between query and reply");
        }
        if (parts.stream().mapToInt(List::size).sum() > SPECIALS_LIMIT) {
            throw refused(source, "adds more special tokens than any model reads");
        }
        return new PairTemplate(part(parts.get(0)), segments[0], part(parts.get(1)), segments[1], part(parts.get(2)));
    }

    private static Part part(List<Special> specials) {
        return new Part(
                specials.stream().mapToInt(Special::id).toArray(),
                specials.stream().mapToInt(Special::segment).toArray());
    }

    private static Part part(int segment, int... ids) {
        int[] segments = new int[ids.length];
        Arrays.fill(segments, segment);
        return new Part(ids, segments);
    }

    /** Reads a pair of token and id. */
    private static int named(JsonNode token, Path source) {
        if (!token.isArray() || !token.path(1).canConvertToInt()) {
            throw refused(source, "has a post_processor without the ids of its tokens");
        }
        return token.get(1).asInt();
    }

    private static CheckpointException refused(Path source, String why) {
        return new CheckpointException(source + ": " + why);
    }

    List<Part> parts() {
        return List.of(before, between, after);
    }

    int specialTokens() {
        return before.length() + between.length() + after.length();
    }
}
