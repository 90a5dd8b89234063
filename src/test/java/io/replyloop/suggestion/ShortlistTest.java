package io.replyloop.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Evidence;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShortlistTest {
    @Test
    void three_at_most_are_shown_best_first() {
        var shortlist = shortlist("Is it?", scored("a", 0.9), scored("b", 0.8), scored("c", 0.7), scored("d", 0.6));

        assertThat(texts(shortlist.shown())).isEqualTo(List.of("a", "b", "c"));
        assertThat(texts(shortlist.others())).isEqualTo(List.of("d"));
    }

    @Test
    void nothing_is_shown_when_the_model_is_unsure() {
        var shortlist = shortlist("Is it?", scored("a", 0.49), scored("b", 0.1));

        assertThat(shortlist.shown()).isEqualTo(List.of());
        assertThat(texts(shortlist.others())).isEqualTo(List.of("a", "b"));
    }

    @Test
    void what_is_exactly_as_probable_as_asked_for_is_shown() {
        assertThat(texts(shortlist("Is it?", scored("a", 0.5)).shown())).isEqualTo(List.of("a"));
    }

    @Test
    void a_text_is_never_shown_twice() {
        var shortlist = shortlist(
                "Is it?", scored("Good  bye!", 0.9), scored("good bye! ", 0.85), scored("b", 0.8), scored("c", 0.7));

        assertThat(texts(shortlist.shown())).isEqualTo(List.of("Good  bye!", "b", "c"));
    }

    @Test
    void replies_in_the_customers_language_come_first() {
        Scored english = scored("Your parcel arrives tomorrow.", 0.9);
        Scored chinese = scored("您的包裹明天到达。", 0.6);

        assertThat(shortlist("我的包裹在哪里？", english, chinese).shown()).isEqualTo(List.of(chinese, english));
        assertThat(shortlist("Where is my parcel?", chinese, english).shown()).isEqualTo(List.of(english, chinese));
    }

    @Test
    void a_reply_in_another_language_that_is_far_more_probable_comes_first() {
        Scored english = scored("We buy back old clothes.", 0.52);
        Scored chinese = scored("七天内可以退货。", 0.12);

        assertThat(Shortlist.of("- 回收旧衣服吗？", "回收旧衣服吗？", List.of(english, chinese), 0.05, 3, 10)
                        .shown())
                .isEqualTo(List.of(english, chinese));
    }

    @Test
    void a_reply_in_another_language_is_better_than_none() {
        Scored english = scored("Your parcel arrives tomorrow.", 0.9);

        assertThat(shortlist("我的包裹在哪里？", english, scored("您好", 0.2)).shown()).isEqualTo(List.of(english));
    }

    @Test
    void only_some_of_the_others_are_kept() {
        var shortlist = Shortlist.of(
                "- Is it?",
                "Is it?",
                List.of(scored("a", 0.9), scored("b", 0.3), scored("c", 0.2), scored("d", 0.1)),
                0.5,
                3,
                3);

        assertThat(texts(shortlist.others())).isEqualTo(List.of("b", "c"));
    }

    @Test
    void what_was_sent_just_now_is_not_suggested_again_at_once() {
        List<Scored> ranked = List.of(scored("Please tell me your order number.", 0.9), scored("b", 0.6));
        String query = "- hello\n> Please tell me  your order number.\n- I did already";

        assertThat(texts(
                        Shortlist.of(query, "I did already", ranked, 0.5, 3, 50).shown()))
                .isEqualTo(List.of("b"));

        String later = query + "\n> I see, thank you.\n- another order";
        assertThat(Shortlist.of(later, "another order", ranked, 0.5, 3, 50)
                        .shown()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void to_thanks_only_replies_of_that_kind_are_shown() {
        Scored welcome = scored("You are welcome!", 0.6);

        assertThat(shortlist("thanks!", scored("a", 0.9), welcome).shown()).isEqualTo(List.of(welcome));
        assertThat(shortlist("thanks!", scored("a", 0.9)).shown()).isEqualTo(List.of());
    }

    @Test
    void what_the_team_has_answered_thanks_with_is_shown() {
        Candidate usual = new Candidate(UUID.randomUUID(), 1, "x", "x", null, new Evidence(0, 0, 0.93, 0.98));

        assertThat(shortlist("thanks!", new Scored(usual, null, 0.9)).shown().size())
                .isEqualTo(1);
    }

    @Test
    void a_reply_that_memory_holds_for_unlikely_is_not_shown_to_thanks() {
        // What one of five in a hundred has, where memory knows thanks well.
        Candidate unlikely = new Candidate(UUID.randomUUID(), 1, "x", "x", null, new Evidence(0.5, 0.4, 0.56, 0.98));

        assertThat(shortlist("thanks!", new Scored(unlikely, null, 0.9)).shown().size())
                .isEqualTo(0);
    }

    private static Shortlist shortlist(String question, Scored... ranked) {
        return Shortlist.of("- " + question, question, List.of(ranked), 0.5, 3, 50);
    }

    private static Scored scored(String text, double probability) {
        return new Scored(new Candidate(UUID.randomUUID(), 1, text, text, null, Evidence.NONE), null, probability);
    }

    private static List<String> texts(List<Scored> scored) {
        return scored.stream().map(each -> each.candidate().text()).toList();
    }
}
