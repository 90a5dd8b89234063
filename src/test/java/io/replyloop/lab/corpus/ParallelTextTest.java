package io.replyloop.lab.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.bert.training.Translation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Translations, and the part of them that only measures. */
class ParallelTextTest {
    @TempDir
    Path folder;

    @Test
    void noSentenceThatIsHeldOutIsLearnedFromUnderAnotherSpelling() {
        List<Translation> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(new Translation("Order " + i, "订单" + i));
        }
        all.add(new Translation("order 9:", "订单的编号"));
        all.add(new Translation("Another one", "订单19。"));
        ParallelText text = ParallelText.split(all, 10);
        assertEquals(10, text.held().size());
        assertTrue(text.held().contains(new Translation("Order 9", "订单9")));
        assertEquals(90, text.train().size());
        assertTrue(text.train().stream().noneMatch(text.held()::contains));
    }

    @Test
    void withoutAHeldOutPartAllIsLearnedFrom() {
        List<Translation> all = List.of(new Translation("Yes", "是"), new Translation("No", "不"));
        assertEquals(new ParallelText(all, List.of()), ParallelText.split(all, 0));
    }

    @Test
    void aLineWithoutATranslationIsNamed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("pairs.jsonl"), "{\"en\": \"Yes\", \"zh\": \"是\"}\n\n{\"en\": \"No\", \"zh\": \" \"}\n");
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> ParallelText.read(file, 0));
        assertEquals(file + ", line 3: there is no zh", wrong.getMessage());
    }
}
