package io.replyloop.bert.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.BertFamily;
import io.replyloop.bert.checkpoint.CheckpointException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Turns texts into ids with the checkpoint's own tokenizer. Pairs are assembled here, because tokenizers truncate texts
 * only on the right, whereas a conversation must keep its newest turn.
 */
public final class PairTokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    private final int vocabularySize;
    private final int maxLength;
    private final boolean segmented;
    private final PairTemplate template;

    private PairTokenizer(
            HuggingFaceTokenizer tokenizer,
            PairTemplate template,
            int vocabularySize,
            int typeVocabulary,
            int maxLength,
            Path source) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.maxLength = maxLength;
        this.vocabularySize = vocabularySize;
        segmented = typeVocabulary > 1;
        IntStream.Builder types = IntStream.builder();
        types.add(template.querySegment()).add(template.replySegment());
        for (PairTemplate.Part part : template.parts()) {
            Arrays.stream(part.ids()).forEach(this::inVocabulary);
            Arrays.stream(part.segments()).forEach(types);
        }
        types.build()
                .filter(type -> segmented && (type < 0 || type >= typeVocabulary))
                .forEach(type -> {
                    throw new CheckpointException(source + ": uses segment " + type
                            + ", but config.json has type_vocab_size " + typeVocabulary);
                });
        if (maxLength < template.specialTokens() + 2) {
            throw new CheckpointException(source + ": adds " + template.specialTokens()
                    + " special tokens, more than a length of " + maxLength + " allows");
        }
    }

    public static PairTokenizer open(Path directory, BertConfig config, int maxLength) {
        return open(
                directory, config.vocabularySize, config.typeVocabulary, maxLength, config.family == BertFamily.GPT2);
    }

    public static PairTokenizer open(Path directory, int vocabularySize, int typeVocabulary, int maxLength) {
        return open(directory, vocabularySize, typeVocabulary, maxLength, false);
    }

    /** @param lines whether to use a template of lines if the tokenizer has no template for pairs */
    private static PairTokenizer open(
            Path directory, int vocabularySize, int typeVocabulary, int maxLength, boolean lines) {
        Path source = TokenizerFiles.source(directory);
        try {
            ObjectNode json = TokenizerFiles.json(directory);
            JsonNode processor = json.path("post_processor");
            PairTemplate template = lines && PairTemplate.isMissing(processor)
                    ? TokenizerFiles.lines(json, directory)
                    : PairTemplate.of(processor, source);
            TokenizerCheck.check(json, source);
            HuggingFaceTokenizer tokenizer = create(TokenizerFiles.textsOnly(json));
            try {
                return new PairTokenizer(tokenizer, template, vocabularySize, typeVocabulary, maxLength, source);
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        } catch (CheckpointException e) {
            throw e;
        } catch (IOException e) {
            throw new CheckpointException(source + ": cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new CheckpointException(source + ": is no tokenizer that can be used: " + e.getMessage(), e);
        }
    }

    private static HuggingFaceTokenizer create(byte[] json) throws IOException {
        NativeFolder.prepare();
        try (InputStream in = new ByteArrayInputStream(json)) {
            return HuggingFaceTokenizer.newInstance(
                    in, Map.of("truncation", "DO_NOT_TRUNCATE", "padding", "DO_NOT_PAD", "modelMaxLength", "1000000"));
        }
    }

    /** Ids without special tokens; the text may be of any length. */
    public TokenIds tokenize(String text) {
        long[] ids = tokenizer.encode(text, false, false).getIds();
        int[] checked = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            checked[i] = inVocabulary(ids[i]);
        }
        return new TokenIds(checked);
    }

    public int maxLength() {
        return maxLength;
    }

    /** Truncates the longer text first, the query on its left and the reply on its right, until both fit. */
    public EncodedPair pair(TokenIds query, TokenIds reply) {
        int room = maxLength - template.specialTokens();
        int queryLength = query.size();
        int replyLength = reply.size();
        if (queryLength + replyLength > room) {
            int half = room / 2;
            if (Math.min(queryLength, replyLength) <= half) {
                if (queryLength > replyLength) {
                    queryLength = room - replyLength;
                } else {
                    replyLength = room - queryLength;
                }
            } else {
                replyLength = half;
                queryLength = room - half;
            }
        }
        int[] ids = new int[template.specialTokens() + queryLength + replyLength];
        byte[] segments = new byte[ids.length];
        int at = put(ids, segments, 0, template.before());
        for (int i = query.size() - queryLength; i < query.size(); i++) {
            segments[at] = segment(template.querySegment());
            ids[at++] = query.at(i);
        }
        at = put(ids, segments, at, template.between());
        for (int i = 0; i < replyLength; i++) {
            segments[at] = segment(template.replySegment());
            ids[at++] = reply.at(i);
        }
        put(ids, segments, at, template.after());
        return new EncodedPair(ids, segments);
    }

    /**
     * Pairs one query with several replies, the fitting one first. All pairs keep as much of the query as fits beside
     * the longest reply.
     */
    public EncodedImpression sharing(TokenIds query, List<TokenIds> replies, List<Double> shares, int topic) {
        int room = maxLength - template.specialTokens();
        int longest = replies.stream().mapToInt(TokenIds::size).max().orElse(0);
        int kept = Math.min(query.size(), room - Math.min(longest, room / 2));
        TokenIds newest = query.last(kept);
        List<EncodedPair> pairs =
                replies.stream().map(reply -> pair(newest, reply)).toList();
        return new EncodedImpression(
                pairs,
                0,
                shares,
                template.before().length() + kept + template.between().length(),
                topic);
    }

    /** A single text with its special tokens, for masked language modelling. */
    public EncodedPair single(TokenIds text) {
        int specials = template.before().length() + template.after().length();
        int length = Math.min(text.size(), maxLength - specials);
        int[] ids = new int[specials + length];
        byte[] segments = new byte[ids.length];
        int at = put(ids, segments, 0, template.before());
        for (int i = 0; i < length; i++) {
            ids[at++] = text.at(i);
        }
        put(ids, segments, at, template.after());
        return new EncodedPair(ids, new byte[ids.length]);
    }

    private byte segment(int type) {
        return (byte) (segmented ? type : 0);
    }

    private int put(int[] ids, byte[] segments, int at, PairTemplate.Part part) {
        for (int i = 0; i < part.length(); i++) {
            ids[at + i] = part.ids()[i];
            segments[at + i] = segment(part.segments()[i]);
        }
        return at + part.length();
    }

    private int inVocabulary(long id) {
        // An id outside the embedding table would cause an error deep in native code, which is fatal on a GPU.
        if (id < 0 || id >= vocabularySize) {
            throw new CheckpointException("tokenizer.json: gives token id " + id + ", but config.json has vocab_size "
                    + vocabularySize + "; check that both belong together");
        }
        return (int) id;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
