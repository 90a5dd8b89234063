package io.replyloop.lab.corpus;

import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The public corpora that the default model is made from, in one directory: {@code star} (dialogues with picks and their
 * knowledge base), which must be there, and {@code multiwoz}, {@code taskmaster4}, {@code crosswoz}, {@code banking77}
 * and {@code clinc150}, of which each may be missing.
 */
public final class Corpora {

    private static final List<String> OTHER_DIALOGUES = List.of("multiwoz", "taskmaster4", "crosswoz");
    private static final List<String> INTENTS = List.of("banking77", "clinc150");

    /** Every so many dialogues of the training part are kept for choosing and weighing; the model never learns them. */
    private static final int OWN_DEV_EVERY = 20;

    private final Path directory;

    private Corpora(Path directory) {
        this.directory = directory;
    }

    public static Corpora open(Path directory) throws IOException {
        for (String file : List.of("star/train.jsonl.gz", "star/dev.jsonl.gz", "star/kb.jsonl.gz")) {
            if (!Files.isRegularFile(directory.resolve(file))) {
                throw new IOException("There is no " + directory.resolve(file)
                        + ". Name the directory that holds star/, multiwoz/ and the other corpora.");
            }
        }
        return new Corpora(directory);
    }

    public KnowledgeBase knowledgeBase() throws IOException {
        return KnowledgeBase.read(directory.resolve("star/kb.jsonl.gz"));
    }

    /** The part that is learned from. */
    public List<Dialogue> train() throws IOException {
        return part(false);
    }

    /** A slice of the training part for early stopping and for weighing the stages. */
    public List<Dialogue> ownDev() throws IOException {
        return part(true);
    }

    /** The part that only measures. */
    public List<Dialogue> dev() throws IOException {
        return Dialogue.read(directory.resolve("star/dev.jsonl.gz"));
    }

    private List<Dialogue> part(boolean held) throws IOException {
        List<Dialogue> all = Dialogue.read(directory.resolve("star/train.jsonl.gz"));
        List<Dialogue> part = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if ((i % OWN_DEV_EVERY == OWN_DEV_EVERY - 1) == held) {
                part.add(all.get(i));
            }
        }
        return part;
    }

    /** Dialogues without labels, by corpus. */
    public Map<String, List<Dialogue>> otherDialogues() throws IOException {
        Map<String, List<Dialogue>> dialogues = new LinkedHashMap<>();
        for (String corpus : OTHER_DIALOGUES) {
            Path file = directory.resolve(corpus).resolve("dialogues.jsonl.gz");
            if (Files.isRegularFile(file)) {
                dialogues.put(corpus, Dialogue.read(file));
            }
        }
        return dialogues;
    }

    /** Customers' questions by corpus and intent; the intent's name is the nearest thing to an answer that they have. */
    public Map<String, Map<String, List<String>>> intents() throws IOException {
        Map<String, Map<String, List<String>>> intents = new LinkedHashMap<>();
        for (String corpus : INTENTS) {
            Path file = directory.resolve(corpus).resolve("train.jsonl.gz");
            if (Files.isRegularFile(file)) {
                Map<String, List<String>> questions = new LinkedHashMap<>();
                JsonLines.read(file, (number, node) -> {
                    questions
                            .computeIfAbsent(node.path("intent").asText().replace('_', ' '), key -> new ArrayList<>())
                            .add(node.path("text").asText());
                });
                intents.put(corpus, questions);
            }
        }
        return intents;
    }

    /** Conversations as lists of turns, for the vocabulary and for masked language modelling; no word of the dev part. */
    public List<List<String>> text(Set<String> withoutTasks) throws IOException {
        List<List<String>> conversations = new ArrayList<>();
        for (Dialogue dialogue : without(train(), withoutTasks)) {
            conversations.add(marked(dialogue));
        }
        for (List<Dialogue> corpus : otherDialogues().values()) {
            for (Dialogue dialogue : corpus) {
                conversations.add(marked(dialogue));
            }
        }
        for (Map<String, List<String>> corpus : intents().values()) {
            corpus.values().forEach(questions -> questions.forEach(question -> conversations.add(List.of(question))));
        }
        return conversations;
    }

    private static List<String> marked(Dialogue dialogue) {
        return dialogue.turns().stream().map(Dialogue.Turn::marked).toList();
    }

    /** Leaves out every dialogue that touches one of the tasks: what a model is to be tested on as unseen. */
    public static List<Dialogue> without(List<Dialogue> dialogues, Set<String> tasks) {
        return dialogues.stream()
                .filter(dialogue -> dialogue.tasks().stream().noneMatch(tasks::contains))
                .toList();
    }

    /** The dialogues that are about these tasks only. */
    public static List<Dialogue> only(List<Dialogue> dialogues, Set<String> tasks) {
        return dialogues.stream()
                .filter(dialogue -> tasks.containsAll(new LinkedHashSet<>(dialogue.tasks())))
                .toList();
    }
}
