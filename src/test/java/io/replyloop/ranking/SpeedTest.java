package io.replyloop.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SpeedTest {
    private final Speed speed = new Speed();

    @Test
    void nothingIsTooMuchForADeviceThatIsNotKnown() {
        assertEquals(Double.POSITIVE_INFINITY, speed.tokensPerSecond());
    }

    @Test
    void aSlowFirstPassIsForgottenAtOnce() {
        speed.measured(10, 1_000_000_000);
        speed.measured(1_000, 1_000_000_000);

        assertEquals(1_000, speed.tokensPerSecond(), 1e-6);
    }

    @Test
    void oneSlowBatchChangesLittleAndManyChangeIt() {
        speed.measured(1_000, 1_000_000_000);
        speed.measured(500, 1_000_000_000);
        assertTrue(speed.tokensPerSecond() > 900);

        for (int i = 0; i < 100; i++) {
            speed.measured(500, 1_000_000_000);
        }
        assertEquals(500, speed.tokensPerSecond(), 5);
    }
}
