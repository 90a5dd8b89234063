package io.replyloop.lab.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.lab.corpus.WrittenReplies.Written;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WrittenRepliesTest {

    @Test
    void each_intent_has_one_reply_in_both_languages_and_questions_in_chinese() throws IOException {
        List<Written> replies = WrittenReplies.read();

        assertThat(replies.stream().map(Written::intent).distinct().count()).isEqualTo(150);
        assertThat(replies.size()).isEqualTo(150);
        for (Written reply : replies) {
            assertThat(Stream.of(reply.title(), reply.text(), reply.chineseTitle(), reply.chineseText())
                            .noneMatch(String::isBlank))
                    .as("%s", reply.intent())
                    .isTrue();
            assertThat(reply.chineseQuestions().isEmpty())
                    .as("%s", reply.intent())
                    .isFalse();
        }
    }
}
