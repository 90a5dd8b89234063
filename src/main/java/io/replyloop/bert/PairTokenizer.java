package io.replyloop.bert;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Turns texts into ids with the checkpoint's own tokenizer, and puts pairs together itself, because tokenizers cut
 * texts on the right only and a conversation must keep its newest turn.
 */
final class PairTokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    private final int vocabularySize;
    private final int maxLength;
    private final boolean segmented;
    private final int[] before;
    private final int[] between;
    private final int[] after;
    private final long[] betweenSegments;
    private final long afterSegment;
    private final long replySegment;

    private PairTokenizer(
            HuggingFaceTokenizer tokenizer, int vocabularySize, int typeVocabulary, int maxLength, Path source) {
        this.tokenizer = tokenizer;
        this.maxLength = maxLength;
        this.vocabularySize = vocabularySize;
        segmented = typeVocabulary > 1;
        Encoding probe = tokenizer.encode("a", "b", true, false);
        long[] ids = probe.getIds();
        long[] special = probe.getSpecialTokenMask();
        int first = next(special, 0, 0);
        int firstEnd = next(special, first, 1);
        int second = next(special, firstEnd, 0);
        int secondEnd = next(special, second, 1);
        if (second >= ids.length) {
            throw new CheckpointException(
                    source + ": does not put pairs together; a post_processor for pairs is needed");
        }
        before = range(ids, 0, first, source);
        between = range(ids, firstEnd, second, source);
        after = range(ids, secondEnd, ids.length, source);
        long[] types = probe.getTypeIds();
        betweenSegments = java.util.Arrays.copyOfRange(types, firstEnd, second);
        replySegment = types[second];
        afterSegment = secondEnd < types.length ? types[secondEnd] : replySegment;
        for (long type : types) {
            if (segmented && (type < 0 || type >= typeVocabulary)) {
                throw new CheckpointException(
                        source + ": uses segment " + type + ", but config.json has type_vocab_size " + typeVocabulary);
            }
        }
        if (maxLength < specialTokens() + 2) {
            throw new CheckpointException(source + ": adds " + specialTokens()
                    + " special tokens, more than a length of " + maxLength + " allows");
        }
    }

    static PairTokenizer open(Path directory, BertConfig config, int maxLength) {
        return open(directory, config.vocabularySize, config.typeVocabulary, maxLength);
    }

    static PairTokenizer open(Path directory, int vocabularySize, int typeVocabulary, int maxLength) {
        Path source = TokenizerFiles.source(directory);
        try {
            byte[] json = TokenizerFiles.json(directory);
            HuggingFaceTokenizer tokenizer = create(json);
            try {
                return new PairTokenizer(tokenizer, vocabularySize, typeVocabulary, maxLength, source);
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
        Torch.prepareNatives();
        try (InputStream in = new ByteArrayInputStream(json)) {
            return HuggingFaceTokenizer.newInstance(
                    in, Map.of("truncation", "DO_NOT_TRUNCATE", "padding", "DO_NOT_PAD", "modelMaxLength", "1000000"));
        }
    }

    /** Ids without special tokens; the text may be of any length. */
    TokenIds tokenize(String text) {
        long[] ids = tokenizer.encode(text, false, false).getIds();
        int[] checked = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            checked[i] = inVocabulary(ids[i]);
        }
        return new TokenIds(checked);
    }

    int maxLength() {
        return maxLength;
    }

    /** Longest first: the query loses tokens on its left, the reply on its right, until both fit. */
    EncodedPair pair(TokenIds query, TokenIds reply) {
        int room = maxLength - specialTokens();
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
        int[] ids = new int[specialTokens() + queryLength + replyLength];
        byte[] segments = new byte[ids.length];
        int at = put(ids, 0, before);
        for (int i = query.size() - queryLength; i < query.size(); i++) {
            ids[at++] = query.at(i);
        }
        int replyStart = at + between.length;
        put(ids, at, between);
        for (int i = 0; i < replyLength; i++) {
            ids[replyStart + i] = reply.at(i);
        }
        put(ids, replyStart + replyLength, after);
        if (segmented) {
            for (int i = 0; i < between.length; i++) {
                segments[at + i] = (byte) betweenSegments[i];
            }
            for (int i = replyStart; i < ids.length; i++) {
                segments[i] = (byte) (i < replyStart + replyLength ? replySegment : afterSegment);
            }
        }
        return new EncodedPair(ids, segments);
    }

    /** Pairs of one query with several replies, the fitting one first, which all keep as much of the query as the longest reply leaves. */
    SharedContextBatch.Encoded sharing(TokenIds query, List<TokenIds> replies, int topic) {
        int room = maxLength - specialTokens();
        int longest = replies.stream().mapToInt(TokenIds::size).max().orElse(0);
        int kept = Math.min(query.size(), room - Math.min(longest, room / 2));
        TokenIds newest = query.last(kept);
        List<EncodedPair> pairs =
                replies.stream().map(reply -> pair(newest, reply)).toList();
        return new SharedContextBatch.Encoded(pairs, 0, before.length + kept + between.length, topic);
    }

    /** One text alone with its special tokens, as masked language modelling reads it. */
    EncodedPair single(TokenIds text) {
        int length = Math.min(text.size(), maxLength - before.length - after.length);
        int[] ids = new int[before.length + length + after.length];
        int at = put(ids, 0, before);
        for (int i = 0; i < length; i++) {
            ids[at++] = text.at(i);
        }
        put(ids, at, after);
        return new EncodedPair(ids, new byte[ids.length]);
    }

    private int specialTokens() {
        return before.length + between.length + after.length;
    }

    private static int put(int[] target, int at, int[] values) {
        System.arraycopy(values, 0, target, at, values.length);
        return at + values.length;
    }

    private static int next(long[] mask, int from, long wanted) {
        int at = from;
        while (at < mask.length && mask[at] != wanted) {
            at++;
        }
        return at;
    }

    private int[] range(long[] ids, int from, int to, Path source) {
        int[] part = new int[to - from];
        for (int i = from; i < to; i++) {
            part[i - from] = inVocabulary(ids[i]);
        }
        if (part.length == 0 && from > 0 && to < ids.length) {
            throw new CheckpointException(source + ": puts no separator between query and reply");
        }
        return part;
    }

    private int inVocabulary(long id) {
        // An id outside the embedding table would be an error deep in native code, and fatal on a GPU.
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
