package io.replyloop.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.retrieval.PublishedMeanings.PublishedReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyMatchesTest {
    /** All texts mean the same, so that words and numbers alone decide. */
    private static final Function<String, float[]> ALIKE = text -> new float[] {1};

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "You can return it within 30 days.  | You can return it within 30 days!         | true",
                "You can return it within 30 days.  | you can return it within 14 days.         | false",
                "A new strap costs $20.             | A new strap costs $25.                    | false",
                "A new strap costs $20.             | A new strap costs €20.                    | false",
                "Your order [number] is on its way. | Your order 4711 is on its way.            | true",
                "Your order [number] is on its way. | Your order [account] is on its way.       | true",
                "It arrives in {{days}} days.       | It arrives in 3 days.                     | true",
                "We ship to Norway and Sweden.      | We do not ship to Norway and Sweden.      | false",
                "We ship to Norway and Sweden.      | We ship to Norway and Sweden, order 4711. | true",
                "We ship to Norway in 5 days.       | We ship to Norway in 7 days, order 5.     | false",
                "Hi [name], your parcel is on its way to you. | Hi Anna, your parcel is on its way to you. | true",
                "[name]先生您好，您的包裹已经发出。     | 王先生您好，您的包裹已经发出。                | true",
                "Your order arrives in [number] days. | Your order 48213 arrives in 3 days.        | true",
                "It takes [number] working days.     | It takes 10-12 working days.               | true",
                "It will arrive on [date] at noon.   | It will arrive on 2026-11-29 at noon.      | true",
                "The blue bag costs $1,200 today.    | The blue bag costs $1200 today.            | true",
                "The blue bag costs $20 today.       | The blue bag costs 20 $ today.             | true",
                "The blue bag costs $20 today.       | The blue bag costs 20 € today.             | false",
                "退货期限为30天。                    | 退货期限为30天                             | true",
                "退货期限为30天。                    | 退货期限为7天。                            | false",
            })
    void a_message_says_a_reply_with_its_numbers_and_negations(String reply, String message, boolean says) {
        UUID id = UUID.randomUUID();
        Optional<UUID> said = said(List.of(reply(id, reply)), message);

        assertThat(said).isEqualTo(says ? Optional.of(id) : Optional.empty());
    }

    @Test
    void of_replies_that_differ_in_a_number_the_message_says_its_own() {
        UUID small = UUID.randomUUID();
        UUID large = UUID.randomUUID();
        List<PublishedReply> replies = new ArrayList<>(
                List.of(reply(small, "The small plan has 10 GB."), reply(large, "The small plan has 20 GB.")));

        assertThat(said(replies, "The small plan has 20 GB.")).contains(large);
        assertThat(said(replies, "The small plan has 10 GB.")).contains(small);
        assertThat(said(replies, "The small plan has 30 GB.")).isEmpty();
    }

    @Test
    void messages_of_one_wording_are_told_apart_by_their_numbers() {
        UUID id = UUID.randomUUID();
        List<String> messages = List.of("It takes 14 days.", "It takes 30 days.");
        Wording wording = Wording.of(messages).get(0);
        List<ReplyMatches.Candidate> candidates =
                new ReplyMatches(List.of(reply(id, "It takes 30 days."))).candidates(wording, null);

        assertThat(messages.stream().map(message -> ReplyMatches.said(candidates, message)))
                .containsExactly(Optional.empty(), Optional.of(id));
    }

    private static Optional<UUID> said(List<PublishedReply> replies, String message) {
        Wording wording = Wording.of(List.of(message)).get(0);
        return ReplyMatches.said(new ReplyMatches(replies).candidates(wording, ALIKE), message);
    }

    private static PublishedReply reply(UUID id, String text) {
        return new PublishedReply(id, 1, "A title", text, "en", null);
    }
}
