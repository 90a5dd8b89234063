package io.replyloop.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.model.ChampionChanged;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.ranking.Ranking;
import io.replyloop.ranking.SecondModel;
import io.replyloop.suggestion.Ranked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** To load a model takes long, and another one may be promoted meanwhile. */
@QuarkusTest
class ShadowLoadingTest extends WithTwoModels {
    private final CountDownLatch loads = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @Test
    void a_promotion_does_not_wait_for_a_model_that_is_being_loaded_and_the_start_is_refused() throws Exception {
        ShadowRunner slow = new ShadowRunner(shadows, models, this::slowly, suggestions, config);
        try {
            ShadowWish wish = new ShadowWish(challenger.id(), 1, null);
            CompletableFuture<ShadowView> start = CompletableFuture.supplyAsync(
                    () -> slow.start(wish, admin.agent().id()));
            assertThat(loads.await(30, TimeUnit.SECONDS)).isTrue();

            models.promote(challenger.id(), admin.agent().id());
            CompletableFuture.runAsync(() -> slow.promoted(new ChampionChanged(challenger.id())))
                    .get(10, TimeUnit.SECONDS);
            CompletableFuture.runAsync(slow::look).get(10, TimeUnit.SECONDS);
            mayGoOn.countDown();

            Problem refused = (Problem)
                    catchThrowableOfType(CompletionException.class, start::join).getCause();
            assertThat(refused.code()).isEqualTo(ProblemCode.CONFLICT);
            assertThat(shadows.active()).isEmpty();
        } finally {
            mayGoOn.countDown();
            slow.atEnd(null);
        }
    }

    @Test
    void a_shadow_ends_while_another_node_still_loads_its_model() throws Exception {
        String shadow = start(Map.of("model", challenger.id()));
        ShadowRunner slow = new ShadowRunner(shadows, models, this::slowly, suggestions, config);
        try {
            CompletableFuture<Void> taken = CompletableFuture.runAsync(slow::look);
            assertThat(loads.await(30, TimeUnit.SECONDS)).isTrue();
            lab.change("update shadow set ends_at = now() where id = ?1", UUID.fromString(shadow));

            CompletableFuture.runAsync(slow::look).get(10, TimeUnit.SECONDS);

            assertThat(get(shadow).endReason()).isEqualTo(EndReason.TIME);
            mayGoOn.countDown();
            taken.get(30, TimeUnit.SECONDS);
        } finally {
            mayGoOn.countDown();
            slow.atEnd(null);
        }
    }

    @Test
    void what_another_model_than_the_champion_has_ranked_is_not_compared() {
        start(Map.of("model", challenger.id()));
        Ranking live = ranker.rank("- " + QUESTION, candidates());
        Ranking byAnother = new Ranking(
                UUID.randomUUID(), 9, live.scored(), live.threshold(), live.confidence(), live.said(), live.by());
        UUID first = chat.impression(chat.silentConversation(QUESTION), List.of(delivery), List.of());
        UUID second = chat.impression(chat.silentConversation(QUESTION), List.of(delivery), List.of());

        runner.ranked(new Ranked(first, "- " + QUESTION, QUESTION, byAnother));
        runner.ranked(new Ranked(second, "- " + QUESTION, QUESTION, live));

        patiently().until(() -> row(second), Optional::isPresent);
        assertThat(row(first)).isEmpty();
    }

    private SecondModel slowly(ModelVersionView version) {
        loads.countDown();
        try {
            assertThat(mayGoOn.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
        return ranker.openSecond(version);
    }
}
