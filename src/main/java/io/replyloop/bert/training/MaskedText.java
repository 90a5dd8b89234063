package io.replyloop.bert.training;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.tokenizer.NativeFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Prepares text for masked language modelling (Devlin et al., 2019): whole words are masked, 80 % with the mask token,
 * 10 % with a random token, 10 % left unchanged. Conversations are packed turn by turn; the last turn of a sequence is
 * its second segment, so that the network sees context and reply as the cross-encoder will.
 *
 * <p>An epoch depends only on its number and the seed: a resumed run sees the same sequences, and conversations are cut
 * and masked differently in each epoch.
 */
public final class MaskedText {

    /**
     * @param maxLength tokens per sequence, including special tokens
     * @param contextShare share of the words masked in the first segment; 0.15 is BERT's
     * @param replyShare share of the words masked in the second segment; a larger one makes the network predict a reply
     *     from its context
     */
    public record Options(int maxLength, double contextShare, double replyShare, long seed) {
        public static final double BERT_SHARE = 0.15;

        public Options {
            if (maxLength < 8) {
                throw new IllegalArgumentException("a sequence needs at least 8 tokens, not " + maxLength);
            }
            if (!(contextShare > 0 && contextShare < 1 && replyShare > 0 && replyShare < 1)) {
                throw new IllegalArgumentException("the share of masked words must lie between 0 and 1");
            }
        }
    }

    /** The ids of a turn, and where its words start. */
    private record Turn(int[] ids, boolean[] starts) {}

    private static final int TOKENIZER_BATCH = 1_000;
    /** Sequences of equal length are collected from this many neighbours, which keeps the order sufficiently random. */
    private static final int SORTING_WINDOW = 2_048;

    private final List<List<Turn>> conversations;
    private final int[] alphabet;
    private final int cls;
    private final int sep;
    private final int mask;
    private final Options options;

    private MaskedText(List<List<Turn>> conversations, int cls, int sep, int mask, Options options) {
        this.conversations = conversations;
        this.cls = cls;
        this.sep = sep;
        this.mask = mask;
        this.options = options;
        TreeSet<Integer> seen = new TreeSet<>();
        for (List<Turn> conversation : conversations) {
            for (Turn turn : conversation) {
                Arrays.stream(turn.ids).forEach(seen::add);
            }
        }
        alphabet = seen.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Tokenizes conversations, each a list of turns.
     *
     * @param checkpoint directory with a {@code tokenizer.json}
     */
    public static MaskedText of(List<List<String>> conversations, Path checkpoint, Options options) throws IOException {
        NativeFolder.prepare();
        Map<String, String> whole = Map.of("truncation", "false", "padding", "false");
        try (HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.newInstance(checkpoint.resolve("tokenizer.json"), whole)) {
            long[] frame = tokenizer.encode("", true, false).getIds();
            if (frame.length != 2) {
                throw new CheckpointException(checkpoint + ": the tokenizer puts " + frame.length
                        + " special tokens around a text; masked language modelling needs one at each end.");
            }
            List<String> flat = conversations.stream().flatMap(List::stream).toList();
            List<Turn> turns = new ArrayList<>();
            for (int from = 0; from < flat.size(); from += TOKENIZER_BATCH) {
                List<String> batch = flat.subList(from, Math.min(flat.size(), from + TOKENIZER_BATCH));
                for (Encoding encoding : tokenizer.batchEncode(batch, false, false)) {
                    turns.add(turn(encoding));
                }
            }
            List<List<Turn>> grouped = new ArrayList<>();
            int next = 0;
            for (List<String> conversation : conversations) {
                List<Turn> pieces = new ArrayList<>();
                for (Turn turn : turns.subList(next, next + conversation.size())) {
                    cut(turn, options.maxLength - 3, pieces);
                }
                next += conversation.size();
                if (!pieces.isEmpty()) {
                    grouped.add(pieces);
                }
            }
            return new MaskedText(grouped, (int) frame[0], (int) frame[1], maskId(tokenizer, checkpoint), options);
        }
    }

    private static int maskId(HuggingFaceTokenizer tokenizer, Path checkpoint) {
        for (String name : List.of("[MASK]", "<mask>")) {
            Encoding encoding = tokenizer.encode(name, false, false);
            if (encoding.getTokens().length == 1 && encoding.getTokens()[0].equals(name)) {
                return (int) encoding.getIds()[0];
            }
        }
        throw new CheckpointException(checkpoint + ": the tokenizer has no mask token; take a checkpoint that was"
                + " pretrained by masked language modelling.");
    }

    private static Turn turn(Encoding encoding) {
        long[] words = encoding.getWordIds();
        int[] ids = Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
        boolean[] starts = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            starts[i] = i == 0 || words[i] != words[i - 1];
        }
        return new Turn(ids, starts);
    }

    private static void cut(Turn turn, int longest, List<Turn> pieces) {
        for (int from = 0; from < turn.ids.length; from += longest) {
            int to = Math.min(turn.ids.length, from + longest);
            boolean[] starts = Arrays.copyOfRange(turn.starts, from, to);
            starts[0] = true;
            pieces.add(new Turn(Arrays.copyOfRange(turn.ids, from, to), starts));
        }
    }

    /** Tokens of the text, without the special ones. */
    public long tokens() {
        return conversations.stream()
                .flatMap(List::stream)
                .mapToLong(turn -> turn.ids.length)
                .sum();
    }

    /**
     * The batches of one epoch: sequences of similar length together, at most {@code tokens} per batch including
     * padding.
     */
    public List<List<MaskedSequence>> epoch(int number, int tokens) {
        Random random = new Random(options.seed * 1_000_003 + number);
        List<MaskedSequence> sequences = new ArrayList<>();
        for (List<Turn> conversation : conversations) {
            pack(conversation, random, sequences);
        }
        Collections.shuffle(sequences, random);
        List<List<MaskedSequence>> batches = new ArrayList<>();
        for (int from = 0; from < sequences.size(); from += SORTING_WINDOW) {
            List<MaskedSequence> window =
                    new ArrayList<>(sequences.subList(from, Math.min(sequences.size(), from + SORTING_WINDOW)));
            window.sort(Comparator.comparingInt(MaskedSequence::length).reversed());
            for (int start = 0; start < window.size(); ) {
                int count = Math.max(1, tokens / window.get(start).length());
                int end = Math.min(window.size(), start + count);
                batches.add(List.copyOf(window.subList(start, end)));
                start = end;
            }
        }
        Collections.shuffle(batches, random);
        return batches;
    }

    /**
     * The batch of any step, over an unlimited number of epochs. Stepping forward is cheap, going back starts over. The
     * next epoch is prepared while the current one is being learned.
     */
    public IntFunction<List<MaskedSequence>> steps(int tokens) {
        if (conversations.isEmpty()) {
            throw new IllegalArgumentException("there is no text to learn from");
        }
        return new IntFunction<>() {
            private int number;
            private int firstStep;
            private List<List<MaskedSequence>> batches = epoch(0, tokens);
            private CompletableFuture<List<List<MaskedSequence>>> next = ahead(1);

            private CompletableFuture<List<List<MaskedSequence>>> ahead(int epoch) {
                return CompletableFuture.supplyAsync(() -> epoch(epoch, tokens));
            }

            @Override
            public List<MaskedSequence> apply(int step) {
                if (step < firstStep) {
                    number = 0;
                    firstStep = 0;
                    batches = epoch(0, tokens);
                    next = ahead(1);
                }
                while (step >= firstStep + batches.size()) {
                    firstStep += batches.size();
                    batches = next.join();
                    next = ahead(++number + 1);
                }
                return batches.get(step - firstStep);
            }
        };
    }

    /** Cuts a conversation into runs of turns that fit; the length of the first is random, so that the cuts vary. */
    private void pack(List<Turn> conversation, Random random, List<MaskedSequence> sequences) {
        int start = 0;
        int first = 1 + random.nextInt(conversation.size());
        while (start < conversation.size()) {
            int room = options.maxLength - 3;
            int end = start;
            int limit = start == 0 ? first : conversation.size();
            while (end < limit && conversation.get(end).ids.length <= room) {
                room -= conversation.get(end++).ids.length;
            }
            sequences.add(mask(conversation.subList(start, end), random));
            start = end;
        }
    }

    private MaskedSequence mask(List<Turn> turns, Random random) {
        boolean pair = turns.size() > 1;
        int length = 2
                + (pair ? 1 : 0)
                + turns.stream().mapToInt(turn -> turn.ids.length).sum();
        int[] ids = new int[length];
        byte[] segments = new byte[length];
        int[] targets = new int[length];
        Arrays.fill(targets, MaskedSequence.NOT_ASKED);
        List<int[]> context = new ArrayList<>();
        List<int[]> reply = new ArrayList<>();
        ids[0] = cls;
        int at = 1;
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            boolean last = pair && i == turns.size() - 1;
            if (last) {
                ids[at++] = sep;
            }
            System.arraycopy(turn.ids, 0, ids, at, turn.ids.length);
            Arrays.fill(segments, at, at + turn.ids.length, (byte) (last ? 1 : 0));
            words(turn, at, last ? reply : context);
            at += turn.ids.length;
        }
        ids[at] = sep;
        segments[at] = (byte) (pair ? 1 : 0);
        hide(context, options.contextShare, ids, targets, random);
        hide(reply, options.replyShare, ids, targets, random);
        return new MaskedSequence(ids, segments, targets);
    }

    private static void words(Turn turn, int offset, List<int[]> words) {
        int from = 0;
        for (int i = 1; i <= turn.ids.length; i++) {
            if (i == turn.ids.length || turn.starts[i]) {
                words.add(new int[] {offset + from, offset + i});
                from = i;
            }
        }
    }

    /**
     * Masks a share of the words. A fraction of a word is masked with that probability, so that short turns get their
     * share.
     */
    private void hide(List<int[]> words, double share, int[] ids, int[] targets, Random random) {
        double wanted = words.size() * share;
        int count = (int) wanted + (random.nextDouble() < wanted - (int) wanted ? 1 : 0);
        Collections.shuffle(words, random);
        for (int[] word : words.subList(0, Math.min(count, words.size()))) {
            double fate = random.nextDouble();
            for (int i = word[0]; i < word[1]; i++) {
                targets[i] = ids[i];
                if (fate < 0.8) {
                    ids[i] = mask;
                } else if (fate < 0.9) {
                    ids[i] = alphabet[random.nextInt(alphabet.length)];
                }
            }
        }
    }
}
