package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplyIndexTest {
    private static final UUID REFUND = new UUID(0, 1);
    private static final UUID SIZE = new UUID(0, 2);
    private static final UUID REFUND_ZH = new UUID(0, 3);
    private static final UUID SIZE_ZH = new UUID(0, 4);

    private final ReplyIndex index = new ReplyIndex(3);

    @BeforeEach
    void some_replies() {
        index.put(new IndexedReply(REFUND, "Refund", "The money is back in your account within five days.", "en"));
        index.put(new IndexedReply(SIZE, "Sizes", "You find the size chart on the page of each product.", "en"));
        index.put(new IndexedReply(REFUND_ZH, "退款时间", "退款会在五天内退回您的账户。", "zh"));
        index.put(new IndexedReply(SIZE_ZH, "尺码", "每个商品页面都有尺码表。", "zh"));
        index.refresh();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private Map<UUID, Evidence> search(String question) {
        return index.search(Question.of(question, question)).of();
    }

    private static UUID first(Map<UUID, Evidence> found, Comparator<Evidence> by) {
        return found.entrySet().stream()
                .max(Map.Entry.comparingByValue(by))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    private UUID firstByOwnText(String question) {
        return first(search(question), Comparator.comparingDouble(Evidence::firstStage));
    }

    private UUID firstByMemory(String question) {
        return first(search(question), Comparator.comparingDouble(Evidence::memory));
    }

    private void remember(String id, UUID reply, String context, String question) {
        index.remember(new IndexedQuestion(id, reply, context, question));
        index.refresh();
    }

    @Test
    void english_is_found_whatever_its_endings_and_case() {
        assertThat(firstByOwnText("When do I get my REFUNDS?")).isEqualTo(REFUND);
        assertThat(firstByOwnText("are there size charts for products")).isEqualTo(SIZE);
    }

    @Test
    void chinese_is_found_without_spaces_between_words() {
        assertThat(firstByOwnText("我的退款什么时候到账")).isEqualTo(REFUND_ZH);
        assertThat(firstByOwnText("请问尺码怎么选?")).isEqualTo(SIZE_ZH);
    }

    @Test
    void full_width_letters_and_digits_are_the_same_as_ordinary_ones() {
        assertThat(firstByOwnText("ＲＥＦＵＮＤ")).isEqualTo(REFUND);
    }

    @Test
    void a_reply_in_the_customers_language_comes_before_one_that_is_not() {
        UUID english = new UUID(0, 5);
        UUID chinese = new UUID(0, 6);
        index.put(new IndexedReply(english, "SMS 12306", "Call 12306", "en"));
        index.put(new IndexedReply(chinese, "SMS 12306", "Call 12306", "zh"));
        index.refresh();
        assertThat(firstByOwnText("短信 12306 是什么")).isEqualTo(chinese);
        assertThat(firstByOwnText("what is SMS 12306")).isEqualTo(english);
        assertThat(search("what is SMS 12306").containsKey(chinese)).isTrue();
    }

    @Test
    void an_answered_question_is_found_when_it_is_asked_in_other_words_than_the_reply_has() {
        assertThat(search("will this fit me")).isEqualTo(Map.of());
        remember("1", SIZE, "", "Will these trousers fit me?");
        assertThat(firstByMemory("will this fit me")).isEqualTo(SIZE);
    }

    @Test
    void the_turn_before_tells_short_answers_apart() {
        remember("1", SIZE, "Do you want to know about sizes?", "Yes");
        remember("2", REFUND, "Do you want your money back?", "Yes");
        Map<UUID, Evidence> found = index.search(Question.of("Would you like your money back?\nyes", "yes"))
                .of();
        assertThat(first(found, Comparator.comparingDouble(Evidence::memory))).isEqualTo(REFUND);
    }

    @Test
    void negation_is_not_thrown_away() {
        remember("1", SIZE, "", "it does fit");
        remember("2", REFUND, "", "it does not fit");
        assertThat(firstByMemory("it does not fit")).isEqualTo(REFUND);
        assertThat(firstByMemory("it does fit")).isEqualTo(SIZE);
    }

    @Test
    void the_oldest_questions_of_a_reply_make_room_for_new_ones() {
        remember("1", SIZE, "", "alpha");
        for (int number = 2; number <= 4; number++) {
            remember("" + number, SIZE, "", "beta " + number);
        }
        assertThat(search("alpha").containsKey(SIZE)).isFalse();
        assertThat(search("beta").containsKey(SIZE)).isTrue();
    }

    @Test
    void a_question_that_is_told_twice_counts_once() {
        remember("1", SIZE, "", "will it fit");
        double once = search("will it fit").get(SIZE).memory();
        remember("1", SIZE, "", "will it fit");
        assertThat(search("will it fit").get(SIZE).memory()).isEqualTo(once);
    }

    @Test
    void a_removed_reply_takes_its_questions_along() {
        remember("1", SIZE, "", "will it fit");
        index.remove(SIZE);
        index.refresh();
        assertThat(search("will it fit").containsKey(SIZE)).isFalse();
        assertThat(search("size chart").containsKey(SIZE)).isFalse();
    }

    @Test
    void the_same_question_again_is_worth_more_than_one_that_shares_a_word() {
        remember("1", SIZE, "", "how do I wash a woollen pullover");
        double same = search("how do I wash a woollen pullover").get(SIZE).memory();
        double vague = search("how late are you open on sundays").get(SIZE).memory();
        assertThat(same > 0.85).as("%s", "same question: " + same).isTrue();
        assertThat(vague < 0.3).as("%s", "another question: " + vague).isTrue();
    }

    @Test
    void questions_without_any_word_find_nothing_and_harm_nothing() {
        remember("1", SIZE, "", "will it fit");
        for (String odd :
                new String[] {"", "   ", "???", "\uD83D", "\u0000", "AND OR NOT ( \" * ~", "a".repeat(100_000)}) {
            assertThat(search(odd)).as("%s", odd.length() > 20 ? "long" : odd).isEqualTo(Map.of());
        }
    }

    @Test
    void a_very_long_question_is_answered_by_its_first_words() {
        StringBuilder words = new StringBuilder("refund ");
        for (int number = 0; number < 20_000; number++) {
            words.append("word").append(number).append(' ');
        }
        assertThat(firstByOwnText(words.toString())).isEqualTo(REFUND);
    }

    @Test
    void a_withdrawn_reply_does_not_come_back_when_it_has_been_read() {
        index.remove(SIZE);
        index.understand(SIZE, new float[] {1, 0});
        index.refresh();
        float[] asked = {1, 0, 0, 0};
        assertThat(index.search(new Question("x", "x", "", "", asked)).of().containsKey(SIZE))
                .isFalse();
    }

    @Test
    void an_index_whose_disk_refuses_says_that_it_is_dead() throws IOException {
        Directory full = new FilterDirectory(new ByteBuffersDirectory()) {
            @Override
            public IndexOutput createOutput(String name, IOContext context) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        LiveIndex live = new LiveIndex(new ReplyAnalyzer(), full, notes -> false);
        assertThatThrownBy(() -> {
                    live.add(new Document());
                    live.refresh();
                })
                .isInstanceOf(UncheckedIOException.class);
        assertThat(live.isDead()).isTrue();
        live.close();
    }
}
