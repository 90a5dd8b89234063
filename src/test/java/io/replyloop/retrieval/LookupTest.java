package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.platform.Script;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookupTest {
    private static final double NEAR = Lookup.NEAR + 0.3;
    private static final double FAR = 0.05;
    private static final int DIMENSION = 40;

    private final ReplyIndex index = new ReplyIndex(10);
    private final Map<UUID, Published> replies = new LinkedHashMap<>();

    @AfterEach
    void close() {
        index.close();
    }

    /** A vector of such a nearness to what everybody looks for, and as far as can be from all others. */
    private float[] at(double nearness) {
        float[] vector = new float[DIMENSION];
        vector[0] = (float) nearness;
        vector[1 + replies.size()] = (float) Math.sqrt(1 - nearness * nearness);
        return vector;
    }

    private UUID published(String title, String text, String language, float[] meaning) {
        UUID id = new UUID(0, replies.size() + 1);
        replies.put(id, new Published(id, 1, title, text, language + text, language, null, replies.size()));
        index.put(new IndexedReply(id, title, text, language, meaning));
        index.refresh();
        return id;
    }

    private UUID published(String text, double nearness) {
        return published("Title", text, "en", at(nearness));
    }

    private void others(int many) {
        for (int i = 0; i < many; i++) {
            published("The parcel number " + i + " is on its way.", FAR);
        }
    }

    private List<UUID> found(String words, float[] meaning, Script reader) {
        Question asked = Question.of(words, words);
        float[] moment = meaning == null ? null : MeaningVector.of(meaning, null);
        return Lookup.of(
                        index,
                        replies.values(),
                        new Question(asked.words(), asked.text(), asked.context(), asked.earlier(), moment))
                .near(reader)
                .stream()
                .map(found -> found.reply().id())
                .toList();
    }

    private List<UUID> found(String words) {
        float[] lookedFor = new float[DIMENSION];
        lookedFor[0] = 1;
        return found(words, lookedFor, Script.NONE);
    }

    @Test
    void where_nothing_is_near_nothing_is_found() {
        others(5);
        assertThat(found("zzzzqqq")).isEmpty();
    }

    @Test
    void a_single_letter_means_nothing_and_a_single_chinese_character_may() {
        others(5);
        UUID near = published("We pay it back.", NEAR);

        assertThat(found("a")).isEmpty();
        assertThat(found(" ?! ")).isEmpty();
        assertThat(found("退")).containsExactly(near);
        assertThat(found("ab")).containsExactly(near);
    }

    @Test
    void what_is_near_in_meaning_is_found_without_a_word_in_common_the_nearest_first() {
        others(5);
        UUID near = published("We pay it back.", NEAR);
        UUID nearer = published("Money within five days.", NEAR + 0.1);
        assertThat(found("refund")).containsExactly(nearer, near);
    }

    @Test
    void a_rare_word_is_enough_however_far_the_meaning() {
        others(20);
        UUID owls = published("Our owls deliver to Svalbard.", FAR);
        assertThat(found("svalbard")).containsExactly(owls);
        assertThat(found("snowy owl price")).as("among others").containsExactly(owls);
        assertThat(found("zzzz Svalbard.")).as("with a full stop").containsExactly(owls);
    }

    @Test
    void a_rare_word_of_a_title_is_enough() {
        others(20);
        UUID owls = published("Owls", "We deliver on Fridays.", "en", at(FAR));
        assertThat(found("owls")).containsExactly(owls);
    }

    @Test
    void the_last_word_may_be_a_beginning_and_the_others_may_not() {
        others(20);
        UUID owls = published("Our owls deliver to Svalbard.", FAR);
        assertThat(found("sval")).containsExactly(owls);
        assertThat(found("the sv")).as("too short to tell").isEmpty();
        assertThat(found("sval zzzz")).as("not the last").isEmpty();
    }

    @Test
    void a_word_that_many_replies_have_is_not_enough_unless_it_is_all_that_was_looked_for() {
        others(20);
        UUID owls = published("Owls", "Our owls come on Fridays.", "en", at(FAR));
        assertThat(found("parcel zzzz qqqq")).isEmpty();
        assertThat(found("parcel")).hasSize(20).doesNotContain(owls);
    }

    @Test
    void beside_a_near_reply_those_that_are_much_farther_do_not_count() {
        UUID near = published("We pay it back.", 0.8);
        UUID other = published("Money within five days.", 0.5);
        published("The shop opens at nine.", 0.25);
        assertThat(found("refund")).containsExactly(near, other);
    }

    @Test
    void a_rare_word_in_a_sentence_of_other_things_is_not_enough() {
        others(20);
        published("Our owls deliver to Svalbard.", FAR);
        assertThat(found("which restaurants in Svalbard would cook vegetarian dinners tonight after midnight?"))
                .isEmpty();
    }

    @Test
    void two_chinese_characters_in_a_row_are_a_word_and_single_ones_are_none() {
        others(10);
        UUID refunds = published("退款", "退款会在五天内退回您的账户。", "zh", at(FAR));
        assertThat(found("退款")).containsExactly(refunds);
        assertThat(found("天气")).isEmpty();
    }

    @Test
    void a_reply_that_has_answered_a_like_question_is_found() {
        others(5);
        UUID reply = published("Come in.", FAR);
        float[] question = at(Lookup.NEAR_QUESTION + 0.05);
        index.remember(new IndexedQuestion("1", reply, "", "are the doors open", MeaningVector.of(question, null)));
        while (index.refresh()) {
            Thread.onSpinWait();
        }
        assertThat(found("unlocked")).containsExactly(reply);
    }

    @Test
    void where_the_meaning_is_not_known_any_word_is_enough() {
        others(20);
        UUID unread = published("Title", "The parcel has not been read yet.", "en", null);
        assertThat(found("parcel zzzz qqqq")).containsExactly(unread);
        assertThat(found("parcel zzzz qqqq", null, Script.NONE))
                .as("no encoder")
                .hasSize(21);
        assertThat(found("zzzzqqq", null, Script.NONE)).isEmpty();
    }

    @Test
    void of_replies_that_are_about_as_near_those_that_the_customer_reads_come_first() {
        UUID english = published("Title", "We pay it back.", "en", at(NEAR + Lookup.LANGUAGE / 2));
        UUID chinese = published("退款", "我们会退款。", "zh", at(NEAR));
        UUID far = published("包裹", "包裹在路上。", "zh", at(NEAR - 1.5 * Lookup.LANGUAGE));
        assertThat(found("xy", at(1), Script.NONE)).startsWith(english);
        float[] lookedFor = new float[DIMENSION];
        lookedFor[0] = 1;
        assertThat(found("xy", lookedFor, Script.CHINESE)).startsWith(chinese, english);
        assertThat(found("xy", lookedFor, Script.OTHER)).startsWith(english, chinese);
        assertThat(found("xy", lookedFor, Script.CHINESE)).first().isNotEqualTo(far);
    }

    @Test
    void one_text_is_found_once() {
        published("Title", "We pay it back.", "en", at(NEAR));
        published("Another", "We pay it back.", "en", at(NEAR));
        assertThat(found("refund")).hasSize(1);
    }
}
