package io.replyloop.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.bert.training.TrainingListener.Batch;
import io.replyloop.training.WaitingSignal;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** On a clock of its own: a batch takes 100 ms undisturbed. */
class StandBackTest {
    private static final BooleanSupplier WANTED = () -> true;
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration BATCH = Duration.ofMillis(100);

    private final FakeTime time = new FakeTime();
    private final WaitingSignal customers = WaitingSignal.silent();
    private final StandBack standBack = new StandBack(customers, 1, time);
    private final StandBack.Pace pace = standBack.pace();

    @Test
    void nobody_is_made_way_for_while_nobody_waits() {
        batches(20, BATCH);

        assertThat(time.slept).isZero();
        assertThat(standBack.isStanding()).isFalse();
        assertThat(standBack.slowdown()).isEqualTo(1);
    }

    @Test
    void a_batch_begins_when_eight_times_as_long_as_it_takes_undisturbed_has_passed() {
        batches(5, BATCH);
        customers.waitFor(LONG);

        batches(10, BATCH);

        assertThat(standBack.isStanding()).isTrue();
        assertThat(standBack.stoodBack().toMillis()).isCloseTo(10 * 700, within(100L));
        assertThat(customers.stoodBack()).isEqualTo(standBack.stoodBack());
        assertThat(standBack.slowdown()).isGreaterThan(4);
    }

    @Test
    void a_batch_that_the_chat_has_slowed_down_is_followed_by_a_shorter_pause() {
        batches(5, BATCH);
        customers.waitFor(LONG);
        batches(1, BATCH);
        long before = time.now;

        batches(10, Duration.ofMillis(300));

        double steps = 10;
        double undisturbed = Duration.ofNanos(time.now - before).toMillis() / 100.0;
        assertThat(steps / undisturbed).isCloseTo(StandBack.LEAST_SHARE, within(0.01));
    }

    @Test
    void a_run_that_has_never_been_undisturbed_goes_by_its_time_of_the_processor() {
        customers.waitFor(LONG);
        pace.next(Batch.LEARNING, WANTED);
        long before = time.now;

        time.pass(Duration.ofMillis(400), Duration.ofMillis(50));
        pace.next(Batch.LEARNING, WANTED);

        assertThat(Duration.ofNanos(time.now - before).toMillis()).isCloseTo(8 * 50, within(25L));
    }

    @Test
    void what_comes_before_the_first_batch_is_none() {
        customers.waitFor(LONG);
        time.pass(Duration.ofSeconds(20), Duration.ofSeconds(20));

        pace.next(Batch.LEARNING, WANTED);

        assertThat(time.slept).isZero();
        assertThat(standBack.stoodBack()).isZero();
        assertThat(standBack.slowdown()).isEqualTo(1);
        assertThat(standBack.isStanding()).isTrue();
    }

    @Test
    void batches_that_learn_keep_their_share_after_those_that_measure_in_a_third_of_the_time() {
        Duration third = Duration.ofMillis(33);
        batches(Batch.LEARNING, 10, BATCH);
        batches(Batch.MEASURING, 30, third);
        customers.waitFor(LONG);
        pace.next(Batch.LEARNING, WANTED);
        long before = time.now;

        batches(Batch.LEARNING, 10, BATCH);

        assertThat(Duration.ofNanos(time.now - before).toMillis()).isCloseTo(10 * 800, within(100L));
        batches(Batch.MEASURING, 1, BATCH);
        before = time.now;
        batches(Batch.MEASURING, 10, third);
        assertThat(Duration.ofNanos(time.now - before).toMillis()).isCloseTo(10 * 264, within(100L));
    }

    @Test
    void a_state_that_is_written_between_batches_of_two_kinds_is_no_work_of_a_batch() {
        batches(Batch.LEARNING, 10, BATCH);
        batches(Batch.MEASURING, 10, BATCH);
        time.pass(Duration.ofSeconds(5), Duration.ofSeconds(5));
        batches(Batch.LEARNING, 1, BATCH);
        customers.waitFor(LONG);
        long before = time.now;

        batches(Batch.LEARNING, 10, BATCH);

        assertThat(Duration.ofNanos(time.now - before).toMillis()).isCloseTo(10 * 800, within(100L));
    }

    @Test
    void a_state_that_is_written_while_customers_wait_is_followed_by_no_pause_of_its_length() {
        customers.waitFor(LONG);
        pace.next(Batch.MEASURING, WANTED);
        time.pass(Duration.ofSeconds(5), Duration.ofSeconds(5));

        pace.next(Batch.LEARNING, WANTED);

        assertThat(time.slept).isZero();
    }

    @Test
    void the_pause_ends_when_nobody_waits_any_more() {
        batches(5, BATCH);
        customers.waitFor(LONG);
        time.eachSleep = () -> customers.waitFor(Duration.ZERO);

        batches(1, BATCH);

        assertThat(time.slept).isEqualTo(1);
        assertThat(standBack.isStanding()).isFalse();
    }

    @Test
    void a_run_that_is_cancelled_waits_no_longer() {
        batches(5, BATCH);
        customers.waitFor(LONG);

        time.pass(BATCH, BATCH);
        pace.next(Batch.LEARNING, () -> time.slept < 2);

        assertThat(time.slept).isEqualTo(2);
    }

    @Test
    void a_time_far_ahead_is_that_of_a_clock_that_was_set_back() {
        customers.waitFor(Duration.ofHours(1));

        assertThat(customers.customersWait()).isFalse();
    }

    private void batches(int count, Duration took) {
        batches(Batch.LEARNING, count, took);
    }

    /** Called at the end of each, which is where the next one begins. */
    private void batches(Batch kind, int count, Duration took) {
        for (int i = 0; i < count; i++) {
            time.pass(took, took);
            pace.next(kind, WANTED);
        }
    }

    private static final class FakeTime implements StandBack.Time {
        private long now;
        private long processor;
        private int slept;
        private Runnable eachSleep = () -> {};

        void pass(Duration clock, Duration ofProcessor) {
            now += clock.toNanos();
            processor += ofProcessor.toNanos();
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public long processor() {
            return processor;
        }

        @Override
        public void sleep(long millis) {
            now += Duration.ofMillis(millis).toNanos();
            slept++;
            eachSleep.run();
        }
    }
}
