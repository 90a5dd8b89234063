package io.replyloop.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertEquals(REFUND, firstByOwnText("When do I get my REFUNDS?"));
        assertEquals(SIZE, firstByOwnText("are there size charts for products"));
    }

    @Test
    void chinese_is_found_without_spaces_between_words() {
        assertEquals(REFUND_ZH, firstByOwnText("我的退款什么时候到账"));
        assertEquals(SIZE_ZH, firstByOwnText("请问尺码怎么选?"));
    }

    @Test
    void full_width_letters_and_digits_are_the_same_as_ordinary_ones() {
        assertEquals(REFUND, firstByOwnText("ＲＥＦＵＮＤ"));
    }

    @Test
    void a_reply_in_the_customers_language_comes_before_one_that_is_not() {
        UUID english = new UUID(0, 5);
        UUID chinese = new UUID(0, 6);
        index.put(new IndexedReply(english, "SMS 12306", "Call 12306", "en"));
        index.put(new IndexedReply(chinese, "SMS 12306", "Call 12306", "zh"));
        index.refresh();
        assertEquals(chinese, firstByOwnText("短信 12306 是什么"));
        assertEquals(english, firstByOwnText("what is SMS 12306"));
        assertTrue(search("what is SMS 12306").containsKey(chinese));
    }

    @Test
    void an_answered_question_is_found_when_it_is_asked_in_other_words_than_the_reply_has() {
        assertEquals(Map.of(), search("will this fit me"));
        remember("1", SIZE, "", "Will these trousers fit me?");
        assertEquals(SIZE, firstByMemory("will this fit me"));
    }

    @Test
    void the_turn_before_tells_short_answers_apart() {
        remember("1", SIZE, "Do you want to know about sizes?", "Yes");
        remember("2", REFUND, "Do you want your money back?", "Yes");
        Map<UUID, Evidence> found = index.search(Question.of("Would you like your money back?\nyes", "yes"))
                .of();
        assertEquals(REFUND, first(found, Comparator.comparingDouble(Evidence::memory)));
    }

    @Test
    void negation_is_not_thrown_away() {
        remember("1", SIZE, "", "it does fit");
        remember("2", REFUND, "", "it does not fit");
        assertEquals(REFUND, firstByMemory("it does not fit"));
        assertEquals(SIZE, firstByMemory("it does fit"));
    }

    @Test
    void the_oldest_questions_of_a_reply_make_room_for_new_ones() {
        remember("1", SIZE, "", "alpha");
        for (int number = 2; number <= 4; number++) {
            remember("" + number, SIZE, "", "beta " + number);
        }
        assertFalse(search("alpha").containsKey(SIZE));
        assertTrue(search("beta").containsKey(SIZE));
    }

    @Test
    void a_question_that_is_told_twice_counts_once() {
        remember("1", SIZE, "", "will it fit");
        double once = search("will it fit").get(SIZE).memory();
        remember("1", SIZE, "", "will it fit");
        assertEquals(once, search("will it fit").get(SIZE).memory());
    }

    @Test
    void a_removed_reply_takes_its_questions_along() {
        remember("1", SIZE, "", "will it fit");
        index.remove(SIZE);
        index.refresh();
        assertFalse(search("will it fit").containsKey(SIZE));
        assertFalse(search("size chart").containsKey(SIZE));
    }

    @Test
    void the_same_question_again_is_worth_more_than_one_that_shares_a_word() {
        remember("1", SIZE, "", "how do I wash a woollen pullover");
        double same = search("how do I wash a woollen pullover").get(SIZE).memory();
        double vague = search("how late are you open on sundays").get(SIZE).memory();
        assertTrue(same > 0.85, "same question: " + same);
        assertTrue(vague < 0.3, "another question: " + vague);
    }

    @Test
    void questions_without_any_word_find_nothing_and_harm_nothing() {
        remember("1", SIZE, "", "will it fit");
        for (String odd :
                new String[] {"", "   ", "???", "\uD83D", "\u0000", "AND OR NOT ( \" * ~", "a".repeat(100_000)}) {
            assertEquals(Map.of(), search(odd), odd.length() > 20 ? "long" : odd);
        }
    }

    @Test
    void a_very_long_question_is_answered_by_its_first_words() {
        StringBuilder words = new StringBuilder("refund ");
        for (int number = 0; number < 20_000; number++) {
            words.append("word").append(number).append(' ');
        }
        assertEquals(REFUND, firstByOwnText(words.toString()));
    }

    @Test
    void a_withdrawn_reply_does_not_come_back_when_it_has_been_read() {
        index.remove(SIZE);
        index.understand(SIZE, new float[] {1, 0});
        index.refresh();
        float[] asked = {1, 0, 0, 0};
        assertFalse(index.search(new Question("x", "x", "", "", asked)).of().containsKey(SIZE));
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
        assertThrows(UncheckedIOException.class, () -> {
            live.add(new Document());
            live.refresh();
        });
        assertTrue(live.isDead());
        live.close();
    }
}
