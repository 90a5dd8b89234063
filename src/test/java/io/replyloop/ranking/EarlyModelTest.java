package io.replyloop.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class EarlyModelTest {
    private static final CrossEncoderOptions OPTIONS = new CrossEncoderOptions(Precision.FP32, "cpu", 64, 1);

    @TempDir
    Path folder;

    private final AtomicInteger opened = new AtomicInteger();
    private EarlyModel early;

    @AfterEach
    void close() {
        if (early != null) {
            early.atEnd(null);
        }
    }

    @Test
    void whatServedLastIsThereOnceAtTheNextStart() throws IOException {
        Path model = model("one", "bert-2labels");
        start();
        assertTrue(take(model, OPTIONS).isEmpty());
        early.served(model);

        start();
        Optional<OpenModel> open = take(model, OPTIONS);
        assertEquals(model, open.orElseThrow().directory());
        open.get().close();
        assertTrue(take(model, OPTIONS).isEmpty());
        assertEquals(1, opened.get());
    }

    @Test
    void anotherModelOrOtherOptionsAreNotServedWithIt() throws IOException {
        Path last = model("one", "bert-2labels");
        Path other = model("two", "bert-1label-gelu-new");
        start();
        early.served(last);

        start();
        assertTrue(take(other, OPTIONS).isEmpty());
        start();
        assertTrue(take(last, new CrossEncoderOptions(Precision.FP32, "cpu", 32, 1))
                .isEmpty());
        assertEquals(2, opened.get());
    }

    @Test
    void aModelThatCannotBeOpenedIsLeftToWhoeverReportsIt() throws IOException {
        Path model = model("one", "bert-2labels");
        start();
        early.served(model);
        Files.delete(model.resolve("model.safetensors"));

        start();
        assertTrue(take(model, OPTIONS).isEmpty());
        assertEquals(1, opened.get());
    }

    @Test
    void aProgramIsNotRunBeforeItsFilesAreCompared() throws IOException {
        Path model = Files.createDirectory(folder.resolve("script"));
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"xlnet\"}");
        Files.writeString(model.resolve("model.pt"), "a program");
        start();
        early.served(model);

        start();
        assertTrue(take(model, OPTIONS).isEmpty());
        assertEquals(0, opened.get());
    }

    @Test
    void aNoteThatLeadsOutOfTheFolderOpensNothing() throws IOException {
        Files.writeString(folder.resolve(EarlyModel.NOTE), "../" + folder.getFileName() + "/../elsewhere");
        start();
        assertEquals(0, opened.get());
    }

    private void start() {
        early = new EarlyModel(folder, OPTIONS, task -> {
            opened.incrementAndGet();
            task.run();
        });
        early.begin();
    }

    private Optional<OpenModel> take(Path model, CrossEncoderOptions options) {
        return early.take(model, options);
    }

    private Path model(String name, String reference) throws IOException {
        Path directory = Files.createDirectory(folder.resolve(name));
        try (var files = Files.list(Path.of("src/test/resources/reference", reference))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        return directory;
    }
}
