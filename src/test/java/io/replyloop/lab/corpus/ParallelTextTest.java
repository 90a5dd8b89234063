package io.replyloop.lab.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replyloop.bert.training.Translation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTextTest {
    @TempDir
    Path folder;

    @Test
    void a_held_out_sentence_is_not_in_the_training_part_with_another_spelling() {
        List<Translation> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(new Translation("Order " + i, "订单" + i));
        }
        all.add(new Translation("order 9:", "订单的编号"));
        all.add(new Translation("Another one", "订单19。"));
        ParallelText text = ParallelText.split(all, 10);
        assertThat(text.held().size()).isEqualTo(10);
        assertThat(text.held().contains(new Translation("Order 9", "订单9"))).isTrue();
        assertThat(text.train().size()).isEqualTo(90);
        assertThat(text.train().stream().noneMatch(text.held()::contains)).isTrue();
    }

    @Test
    void without_a_held_out_part_all_pairs_are_in_the_training_part() {
        List<Translation> all = List.of(new Translation("Yes", "是"), new Translation("No", "不"));
        assertThat(ParallelText.split(all, 0)).isEqualTo(new ParallelText(all, List.of()));
    }

    @Test
    void a_line_without_a_translation_is_reported() throws IOException {
        Path file = Files.writeString(
                folder.resolve("pairs.jsonl"), "{\"en\": \"Yes\", \"zh\": \"是\"}\n\n{\"en\": \"No\", \"zh\": \" \"}\n");
        IllegalArgumentException wrong = assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ParallelText.read(file, 0))
                .actual();
        assertThat(wrong.getMessage()).isEqualTo(file + ", line 3: there is no zh");
    }
}
