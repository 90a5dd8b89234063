package io.replyloop.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.knowledge.TurningWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DraftsOfTextsTest {
    /** A direction for each subject, so that texts are near by the word that they have. */
    private static final Function<List<String>, List<float[]>> BY_SUBJECT = texts -> texts.stream()
            .map(text -> {
                float[] vector = new float[4];
                String said = text.toLowerCase(Locale.ROOT);
                vector[said.contains("parrot") ? 0 : said.contains("refund") ? 1 : said.contains("退货") ? 2 : 3] = 1;
                return vector;
            })
            .toList();

    private static List<DraftFinder.Found> found(List<String> texts, Function<List<String>, List<float[]>> vectors) {
        return DraftFinder.of(texts, message -> "What about number " + message + "?", vectors);
    }

    private static List<String> refunds() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add("Your refund of " + (10 + i) + " euros is on its way, " + (i % 2 == 0 ? "Ann" : "Bob") + i + ".");
        }
        return texts;
    }

    @Test
    void what_is_said_in_one_meaning_is_one_draft_and_the_most_frequent_is_first() {
        List<String> texts = new ArrayList<>(refunds());
        texts.add("Parrots are welcome.");
        texts.add("A parrot may come in.");
        texts.add("可以退货");
        List<DraftFinder.Found> drafts = found(texts, BY_SUBJECT);

        assertThat(drafts).extracting(draft -> draft.messages().size()).isEqualTo(List.of(40, 2));
        assertThat(drafts.get(0).title()).startsWith("What about number");
        assertThat(drafts.get(0).language()).isEqualTo("en");
    }

    @Test
    void names_and_numbers_that_differ_are_in_brackets() {
        assertThat(found(refunds(), BY_SUBJECT).get(0).text())
                .isEqualTo("Your refund of [number] euros is on its way, [number].");
        assertThat(Placeholders.in(
                        "Dear Ann, it comes at 10:30 on 12.05.2026 to Berlin.",
                        List.of(
                                "Dear Bob, it comes at 11:00 on 13.05.2026 to Paris.",
                                "Dear Cat, it comes at 12:00 on 14.05.2026 to Rome.",
                                "Dear Dan, it comes at 13:00 on 15.05.2026 to Oslo.")))
                .isEqualTo("Dear [name], it comes at [time] on [date] to [name].");
    }

    @Test
    void a_number_alone_is_no_reply() {
        assertThat(found(List.of("010-63553377", "010-63553378", "[phone]"), null))
                .isEmpty();
        assertThat(Placeholders.in("评分是4.5分", List.of("评分是4.6分", "评分是4.7分", "评分是4.8分")))
                .isEqualTo("评分是[number]分");
    }

    @Test
    void what_all_of_them_say_is_no_placeholder() {
        List<String> same = List.of("Call 112 in London", "Please call 112 in London");
        assertThat(Placeholders.in("Call 112 in London", same)).isEqualTo("Call 112 in London");
    }

    @Test
    @Timeout(60)
    void long_rows_of_numbers_names_and_marks_are_read_to_their_end() {
        for (String part : List.of("1,", "1/", "-", "…", "[name] ", "a-", "1a.", "。")) {
            String text = part.repeat(20_000) + "x";
            assertThat(Wording.key(text)).endsWith("x");
            assertThat(Placeholders.in(text, List.of(text, text))).isNotEmpty();
            assertThat(TurningWords.of(TurningWords.tokens(text))).isNotNull();
        }
        assertThat(Wording.key("Wait ... -- !?")).isEqualTo("wait");
        assertThat(Wording.key("?!")).isEqualTo("?!");
    }

    @Test
    void a_price_that_has_changed_is_a_placeholder_and_a_slip_makes_none() {
        String price = "A strap costs 25 euros.";
        assertThat(Placeholders.in(price, List.of(price, price, "A strap costs 35 euros.")))
                .isEqualTo("A strap costs [number] euros.");
        assertThat(Placeholders.in(price, List.of(price, price, "Our straps are sold in the shop.")))
                .isEqualTo(price);
        List<String> nearlyAll = new ArrayList<>(Collections.nCopies(9, price));
        nearlyAll.add("A strap costs 2 euros.");
        assertThat(Placeholders.in(price, nearlyAll)).isEqualTo(price);
    }

    @Test
    void a_draft_of_two_or_three_messages_tells_no_customers_name_or_number() {
        assertThat(Placeholders.in("Thanks Ann, 4711 is on its way.", List.of("Thanks Bob, 4712 is on its way.")))
                .isEqualTo("Thanks [name], [number] is on its way.");
        assertThat(Placeholders.in("Thanks Ann, 4711 is sent.", List.of("Thanks Ann, 4711 is sent.")))
                .isEqualTo("Thanks [name], [number] is sent.");
        assertThat(found(List.of("Dear Ann, parrots come in.", "Dear Bob, parrots come in."), BY_SUBJECT)
                        .get(0)
                        .text())
                .isEqualTo("Dear [name], parrots come in.");
    }

    @Test
    void chinese_names_are_in_brackets() {
        assertThat(Placeholders.in("尊敬的王小明先生，可以退货。", List.of("尊敬的李女士，可以退货。", "尊敬的赵先生，可以退货。")))
                .isEqualTo("尊敬的[name]先生，可以退货。");
        assertThat(Placeholders.in("关于李经理的预约，已取消。", List.of("关于陈经理的预约，已取消。"))).isEqualTo("关于[name]经理的预约，已取消。");
        List<String> same = List.of("请找王经理。", "请找王经理！");
        assertThat(Placeholders.in("请找王经理", same)).isEqualTo("请找王经理");
    }

    @Test
    void a_title_knows_which_message_its_question_came_with() {
        DraftFinder.Found draft = DraftFinder.of(
                        List.of("It may come in.", "It may come in!"),
                        message -> message == 1 ? "May my parrot come in?" : "hello",
                        null)
                .get(0);

        assertThat(draft.title()).isEqualTo("May my parrot come in?");
        assertThat(draft.asked()).isEqualTo(1);
        assertThat(found(List.of("So it is.", "So it is!"), null).get(0).asked())
                .isNotNegative();
        assertThat(DraftFinder.of(List.of("So it is.", "So it is!"), message -> "", null)
                        .get(0)
                        .asked())
                .isNegative();
    }

    @Test
    void a_title_is_the_shortest_of_the_questions_that_were_asked_most_often() {
        List<String> asked = List.of(
                "Could you please tell me whether parrots are admitted to your premises?",
                "Hi Ann, where is my parcel 4711?",
                "Hello! where is my parcel 4712?",
                "WHERE is my parcel 4713?",
                "Is my parcel with number 12 still in Berlin?",
                "Is my parcel with number 15 still in Berlin?",
                "Is my parcel with number 17 still in Berlin?",
                "Why?",
                "Why?",
                "Why?",
                "Why?");
        List<String> texts = asked.stream().map(question -> "It comes in.").toList();

        DraftFinder.Found draft = DraftFinder.of(texts, asked::get, null).get(0);

        assertThat(draft.title()).isEqualTo("Where is my parcel?");
        assertThat(draft.asked()).isEqualTo(1);
    }

    @Test
    void a_greeting_before_a_question_is_no_part_of_its_title_in_chinese_either() {
        assertThat(DraftFinder.of(List.of("可以退货。", "可以退货"), message -> "您好，请问这件衣服可以退货吗？", null)
                        .get(0)
                        .title())
                .isEqualTo("这件衣服可以退货吗？");
    }

    @Test
    void each_message_is_in_a_draft_or_left_out_for_one_reason() {
        List<String> texts = new ArrayList<>(refunds());
        texts.addAll(
                List.of("Good morning!", "评分是4.5", "[phone]", "[phone]", "Parrots come in.", "A parrot comes in."));

        DraftFinder.Outcome outcome = DraftFinder.outcome(texts, message -> "", null);

        int inDrafts = outcome.drafts().stream()
                .mapToInt(draft -> draft.messages().size())
                .sum();
        assertThat(outcome.left()).containsEntry(LeftOut.SAYS_NOTHING, 2).containsKey(LeftOut.WRITTEN_ONCE);
        assertThat(inDrafts
                        + outcome.left().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                .isEqualTo(texts.size());
    }

    @Test
    void what_is_near_in_its_words_is_no_wrong_answer() {
        String text = "Parrots are welcome in our shop.";
        assertThat(TaughtPairs.isWrong("Yes, parrots are very welcome in our shop!", text))
                .isFalse();
        assertThat(TaughtPairs.isWrong("Refunds take five days.", text)).isTrue();
        assertThat(TaughtPairs.isWrong("可以退货", text)).isFalse();
    }

    @Test
    void of_more_wordings_than_can_be_compared_the_most_used_are() {
        List<Wording> wordings = Wording.of(List.of("Rare one", "Often said", "often said", "Rare two"));

        assertThat(Wording.mostUsed(wordings, 1)).containsExactly("often said");
        assertThat(Wording.mostUsed(wordings, 2)).containsExactlyInAnyOrder("often said", "rare one");
    }

    @Test
    void without_an_encoder_the_same_words_are_together() {
        List<DraftFinder.Found> drafts =
                found(List.of("It takes 3 days.", "it takes 5 days", "Parrots are welcome.", "It takes 7 days!"), null);

        assertThat(drafts).hasSize(1);
        assertThat(drafts.get(0).messages()).isEqualTo(List.of(0, 1, 3));
    }

    @Test
    void small_talk_is_marked() {
        assertThat(DraftFinder.isSmallTalk("One moment, please.")).isTrue();
        assertThat(DraftFinder.isSmallTalk("Hello!")).isTrue();
        assertThat(DraftFinder.isSmallTalk("请稍等")).isTrue();
        assertThat(DraftFinder.isSmallTalk("Refunds take five days.")).isFalse();
    }

    @Test
    void each_message_of_an_agent_answers_what_was_asked_before_it() {
        List<Answer> answers = Answer.of(List.of(
                new Said(Writer.AGENT, "Welcome!", null),
                new Said(Writer.CUSTOMER, "Hello", null),
                new Said(Writer.CUSTOMER, "Where is my order?", null),
                new Said(Writer.BOT, "Connecting you", null),
                new Said(Writer.AGENT, "One moment", null),
                new Said(Writer.AGENT, "It comes today.", null),
                new Said(Writer.CUSTOMER, "Thanks", null),
                new Said(Writer.AGENT, "You are welcome", null)));

        assertThat(answers).extracting(Answer::turn).isEqualTo(List.of(0, 4, 5, 7));
        assertThat(answers.get(0).question()).isEmpty();
        assertThat(answers.get(2).question()).isEqualTo("Hello\nWhere is my order?");
        assertThat(answers.get(2).query()).isEqualTo("> Welcome!\n- Hello\n- Where is my order?");
        assertThat(answers.get(2).hasQuestion()).isTrue();
        assertThat(answers.get(3).hasQuestion()).isFalse();
    }
}
