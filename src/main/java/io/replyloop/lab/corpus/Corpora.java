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
 * A directory with the public corpora that the default model is made from: {@code star} (dialogues with picks and their
 * knowledge base), which is required, and {@code multiwoz}, {@code taskmaster4}, {@code crosswoz}, {@code banking77} and
 * {@code clinc150}, which are optional.
 */
public final class Corpora {

    private static final List<String> OTHER_DIALOGUES = List.of("multiwoz", "taskmaster4", "crosswoz");
    private static final List<String> INTENTS = List.of("banking77", "clinc150");

    /** One in this many dialogues of the training part is held out for model selection and the final score. */
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

    /** STAR's training part without the held-out dialogues. */
    public List<Dialogue> train() throws IOException {
        return part(false);
    }

    /** The held-out dialogues of the training part, for model selection and the final score. */
    public List<Dialogue> ownDev() throws IOException {
        return part(true);
    }

    /** STAR's dev part, which is only used for measurements. */
    public List<Dialogue> dev() throws IOException {
        return Dialogue.read(directory.resolve("star/dev.jsonl.gz"));
    }

    private List<Dialogue> part(boolean heldOut) throws IOException {
        List<Dialogue> all = Dialogue.read(directory.resolve("star/train.jsonl.gz"));
        List<Dialogue> part = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if ((i % OWN_DEV_EVERY == OWN_DEV_EVERY - 1) == heldOut) {
                part.add(all.get(i));
            }
        }
        return part;
    }

    /** Dialogues without picks, by corpus. */
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

    /** Customers' questions by corpus and intent, whose name stands in for a reply. */
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

    /** Conversations as lists of turns, for the vocabulary and for masked language modelling; not from the dev part. */
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

    /** The dialogues that are about none of these tasks. */
    public static List<Dialogue> without(List<Dialogue> dialogues, Set<String> tasks) {
        return dialogues.stream()
                .filter(dialogue -> dialogue.tasks().stream().noneMatch(tasks::contains))
                .toList();
    }

    /** The dialogues that are about these tasks alone. */
    public static List<Dialogue> only(List<Dialogue> dialogues, Set<String> tasks) {
        return dialogues.stream()
                .filter(dialogue -> tasks.containsAll(new LinkedHashSet<>(dialogue.tasks())))
                .toList();
    }
}
