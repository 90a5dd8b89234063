package io.replyloop.ranking;

import static org.assertj.core.api.Assertions.assertThat;

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
    void what_served_last_is_there_once_at_the_next_start() throws IOException {
        Path model = model("one", "bert-2labels");
        start();
        assertThat(take(model, OPTIONS).isEmpty()).isTrue();
        early.served(model);

        start();
        Optional<OpenModel> open = take(model, OPTIONS);
        assertThat(open.orElseThrow().directory()).isEqualTo(model);
        open.get().close();
        assertThat(take(model, OPTIONS).isEmpty()).isTrue();
        assertThat(opened.get()).isEqualTo(1);
    }

    @Test
    void another_model_or_other_options_are_not_served_with_it() throws IOException {
        Path last = model("one", "bert-2labels");
        Path other = model("two", "bert-1label-gelu-new");
        start();
        early.served(last);

        start();
        assertThat(take(other, OPTIONS).isEmpty()).isTrue();
        start();
        assertThat(take(last, new CrossEncoderOptions(Precision.FP32, "cpu", 32, 1))
                        .isEmpty())
                .isTrue();
        assertThat(opened.get()).isEqualTo(2);
    }

    @Test
    void a_model_that_cannot_be_opened_is_left_to_whoever_reports_it() throws IOException {
        Path model = model("one", "bert-2labels");
        start();
        early.served(model);
        Files.delete(model.resolve("model.safetensors"));

        start();
        assertThat(take(model, OPTIONS).isEmpty()).isTrue();
        assertThat(opened.get()).isEqualTo(1);
    }

    @Test
    void a_program_is_not_run_before_its_files_are_compared() throws IOException {
        Path model = Files.createDirectory(folder.resolve("script"));
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"xlnet\"}");
        Files.writeString(model.resolve("model.pt"), "a program");
        start();
        early.served(model);

        start();
        assertThat(take(model, OPTIONS).isEmpty()).isTrue();
        assertThat(opened.get()).isEqualTo(0);
    }

    @Test
    void a_note_that_leads_out_of_the_folder_opens_nothing() throws IOException {
        Files.writeString(folder.resolve(EarlyModel.NOTE), "../" + folder.getFileName() + "/../elsewhere");
        start();
        assertThat(opened.get()).isEqualTo(0);
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
