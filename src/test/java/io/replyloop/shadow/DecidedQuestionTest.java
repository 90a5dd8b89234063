package io.replyloop.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.knowledge.ReplyReader.Version;
import io.replyloop.shadow.DecidedQuestion.Agreement;
import io.replyloop.shadow.DecidedQuestion.Shown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecidedQuestionTest {
    private static final UUID RIGHT = new UUID(1, 1);
    private static final Agreement HALF = new Agreement(0.5, 0.25, 12.0);

    private final Random random = new Random(3);

    @Test
    void one_that_puts_the_right_reply_first_more_often_is_better() {
        ShadowComparison compared = compare(40, 2, 1);

        assertThat(compared.verdict()).isEqualTo("better");
        assertThat(compared.better()).isEqualTo(40);
        assertThat(compared.worse()).isZero();
        assertThat(compared.sameFirst()).isEqualTo(0.5);
        assertThat(figure(compared, "worth").champion()).isEqualTo(0.5);
        assertThat(figure(compared, "worth").challenger()).isEqualTo(1);
        assertThat(figure(compared, "acceptAt1").difference()).isEqualTo(1);
        assertThat(figure(compared, "acceptAt3").difference()).isZero();
    }

    @Test
    void one_that_shows_it_less_often_is_worse() {
        assertThat(compare(40, 1, 0).verdict()).isEqualTo("worse");
    }

    @Test
    void a_few_questions_or_conversations_tell_nothing() {
        assertThat(compare(29, 2, 1).verdict()).isEqualTo("too-little-data");

        UUID one = UUID.randomUUID();
        List<DecidedQuestion> ofOneCustomer =
                Stream.generate(() -> question(one, RIGHT, 2, 1)).limit(100).toList();
        assertThat(DecidedQuestion.compare(ofOneCustomer, HALF).verdict()).isEqualTo("too-little-data");
        ShadowComparison nothing = DecidedQuestion.compare(List.of(), new Agreement(null, null, null));
        assertThat(nothing.verdict()).isEqualTo("too-little-data");
        assertThat(nothing.figures()).isEmpty();
    }

    @Test
    void what_agents_wrote_themselves_speaks_for_no_model_and_silence_counts_all() {
        List<DecidedQuestion> decided = new ArrayList<>();
        decided.add(question(UUID.randomUUID(), null, 0, 1));
        decided.add(new DecidedQuestion(UUID.randomUUID(), "- Hi", null, null, List.of(), List.of()));
        decided.add(question(UUID.randomUUID(), RIGHT, 0, 2));

        ShadowComparison compared = DecidedQuestion.compare(decided, HALF);

        assertThat(compared.ownWords()).isEqualTo(2);
        assertThat(compared.questions()).isEqualTo(1);
        assertThat(figure(compared, "silent").champion()).isEqualTo(1 / 3.0);
        assertThat(compared.foundElsewhere()).isEqualTo(1);
        assertThat(compared.wouldHaveShown()).isEqualTo(1);
    }

    @Test
    void of_two_hundred_that_are_alike_at_most_one_in_ten_is_called_anything_else() {
        int told = 0;
        for (int trial = 0; trial < 200; trial++) {
            List<DecidedQuestion> decided = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                UUID conversation = new UUID(random.nextLong(), random.nextLong());
                for (int j = 0; j < 2; j++) {
                    decided.add(question(conversation, RIGHT, random.nextInt(4), random.nextInt(4)));
                }
            }
            told += DecidedQuestion.compare(decided, HALF).verdict().equals("no-difference") ? 0 : 1;
        }
        assertThat(told).isBetween(1, 20);
    }

    private ShadowComparison compare(int questions, int before, int after) {
        return DecidedQuestion.compare(
                Stream.generate(() -> question(UUID.randomUUID(), RIGHT, before, after))
                        .limit(questions)
                        .toList(),
                HALF);
    }

    private static DecidedQuestion question(UUID conversation, UUID right, int before, int after) {
        return new DecidedQuestion(conversation, "- Where?", right, null, shown(before), shown(after));
    }

    /** Three suggestions, the right one in that place; none of them with place 0. */
    private static List<Shown> shown(int place) {
        List<Shown> shown = new ArrayList<>(Collections.nCopies(3, new Shown(new Version(UUID.randomUUID(), 1), 0.5)));
        if (place > 0) {
            shown.set(place - 1, new Shown(new Version(RIGHT, 1), 0.6));
        }
        return shown;
    }

    private static ShadowComparison.Figure figure(ShadowComparison compared, String name) {
        return compared.figures().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
