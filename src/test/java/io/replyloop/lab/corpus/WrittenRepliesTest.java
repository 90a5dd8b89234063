package io.replyloop.lab.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.lab.corpus.WrittenReplies.Written;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WrittenRepliesTest {

    @Test
    void each_intent_has_one_reply_in_both_languages_and_questions_in_chinese() throws IOException {
        List<Written> replies = WrittenReplies.read();

        assertEquals(150, replies.stream().map(Written::intent).distinct().count());
        assertEquals(150, replies.size());
        for (Written reply : replies) {
            assertTrue(
                    Stream.of(reply.title(), reply.text(), reply.chineseTitle(), reply.chineseText())
                            .noneMatch(String::isBlank),
                    reply.intent());
            assertFalse(reply.chineseQuestions().isEmpty(), reply.intent());
        }
    }
}
