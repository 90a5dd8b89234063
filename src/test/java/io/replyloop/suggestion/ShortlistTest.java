package io.replyloop.suggestion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Evidence;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShortlistTest {
    @Test
    void threeAtMostAreShownBestFirst() {
        var shortlist = shortlist("Is it?", scored("a", 0.9), scored("b", 0.8), scored("c", 0.7), scored("d", 0.6));

        assertEquals(List.of("a", "b", "c"), texts(shortlist.shown()));
        assertEquals(List.of("d"), texts(shortlist.others()));
    }

    @Test
    void nothingIsShownWhenTheModelIsUnsure() {
        var shortlist = shortlist("Is it?", scored("a", 0.49), scored("b", 0.1));

        assertEquals(List.of(), shortlist.shown());
        assertEquals(List.of("a", "b"), texts(shortlist.others()));
    }

    @Test
    void whatIsExactlyAsProbableAsAskedForIsShown() {
        assertEquals(List.of("a"), texts(shortlist("Is it?", scored("a", 0.5)).shown()));
    }

    @Test
    void aTextIsNeverShownTwice() {
        var shortlist = shortlist(
                "Is it?", scored("Good  bye!", 0.9), scored("good bye! ", 0.85), scored("b", 0.8), scored("c", 0.7));

        assertEquals(List.of("Good  bye!", "b", "c"), texts(shortlist.shown()));
    }

    @Test
    void repliesInTheCustomersLanguageComeFirst() {
        Scored english = scored("Your parcel arrives tomorrow.", 0.9);
        Scored chinese = scored("您的包裹明天到达。", 0.6);

        assertEquals(
                List.of(chinese, english),
                shortlist("我的包裹在哪里？", english, chinese).shown());
        assertEquals(
                List.of(english, chinese),
                shortlist("Where is my parcel?", chinese, english).shown());
    }

    @Test
    void aReplyInAnotherLanguageThatIsFarMoreProbableComesFirst() {
        Scored english = scored("We buy back old clothes.", 0.52);
        Scored chinese = scored("七天内可以退货。", 0.12);

        assertEquals(
                List.of(english, chinese),
                Shortlist.of("- 回收旧衣服吗？", "回收旧衣服吗？", List.of(english, chinese), 0.05, 3, 10)
                        .shown());
    }

    @Test
    void aReplyInAnotherLanguageIsBetterThanNone() {
        Scored english = scored("Your parcel arrives tomorrow.", 0.9);

        assertEquals(
                List.of(english),
                shortlist("我的包裹在哪里？", english, scored("您好", 0.2)).shown());
    }

    @Test
    void onlySomeOfTheOthersAreKept() {
        var shortlist = Shortlist.of(
                "- Is it?",
                "Is it?",
                List.of(scored("a", 0.9), scored("b", 0.3), scored("c", 0.2), scored("d", 0.1)),
                0.5,
                3,
                3);

        assertEquals(List.of("b", "c"), texts(shortlist.others()));
    }

    @Test
    void whatWasSentJustNowIsNotSuggestedAgainAtOnce() {
        List<Scored> ranked = List.of(scored("Please tell me your order number.", 0.9), scored("b", 0.6));
        String query = "- hello\n> Please tell me  your order number.\n- I did already";

        assertEquals(
                List.of("b"),
                texts(Shortlist.of(query, "I did already", ranked, 0.5, 3, 50).shown()));

        String later = query + "\n> I see, thank you.\n- another order";
        assertEquals(
                2,
                Shortlist.of(later, "another order", ranked, 0.5, 3, 50).shown().size());
    }

    @Test
    void toThanksOnlyRepliesOfThatKindAreShown() {
        Scored welcome = scored("You are welcome!", 0.6);

        assertEquals(
                List.of(welcome),
                shortlist("thanks!", scored("a", 0.9), welcome).shown());
        assertEquals(List.of(), shortlist("thanks!", scored("a", 0.9)).shown());
    }

    @Test
    void whatTheTeamHasAnsweredThanksWithIsShown() {
        Candidate usual = new Candidate(UUID.randomUUID(), 1, "x", "x", null, new Evidence(0, 0, 0.93, 0.98));

        assertEquals(
                1, shortlist("thanks!", new Scored(usual, null, 0.9)).shown().size());
    }

    @Test
    void aReplyThatMemoryHoldsForUnlikelyIsNotShownToThanks() {
        // What one of five in a hundred has, where memory knows thanks well.
        Candidate unlikely = new Candidate(UUID.randomUUID(), 1, "x", "x", null, new Evidence(0.5, 0.4, 0.56, 0.98));

        assertEquals(
                0, shortlist("thanks!", new Scored(unlikely, null, 0.9)).shown().size());
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
