package io.replyloop.bert.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void oneLogitGivesTheTemperatureInClosedForm() {
        // Three of four fit at logit 4: the best probability is 0.75, so 4/T = ln 3.
        double temperature = Calibration.temperature(new double[] {4, 4, 4, 4}, new double[] {1, 1, 1, 0});
        assertEquals(4 / Math.log(3), temperature, 1e-6);
    }

    @Test
    void anOverconfidentModelIsCooledByTheFactorThatItWasHeatedBy() {
        SplittableRandom random = new SplittableRandom(7);
        int count = 20_000;
        double[] logits = new double[count];
        double[] labels = new double[count];
        for (int i = 0; i < count; i++) {
            double honest = random.nextDouble(-3, 3);
            labels[i] = random.nextDouble() < Calibration.sigmoid(honest) ? 1 : 0;
            logits[i] = 2.5 * honest;
        }
        double temperature = Calibration.temperature(logits, labels);
        assertEquals(2.5, temperature, 0.1);
        double best = Calibration.negativeLogLikelihood(logits, labels, temperature);
        assertTrue(best <= Calibration.negativeLogLikelihood(logits, labels, temperature * 1.01));
        assertTrue(best <= Calibration.negativeLogLikelihood(logits, labels, temperature / 1.01));
    }

    @Test
    void logitsThatSeparatePerfectlyStopAtTheColdestTemperature() {
        assertEquals(Calibration.COLDEST, Calibration.temperature(new double[] {1, -1}, new double[] {1, 0}), 1e-3);
    }

    @Test
    void logitsThatAreAlwaysWrongStopAtTheHottestTemperature() {
        assertEquals(Calibration.HOTTEST, Calibration.temperature(new double[] {50, -50}, new double[] {0, 1}), 1e-3);
    }

    @Test
    void nothingToLearnFromLeavesTheLogitsAlone() {
        assertEquals(1, Calibration.temperature(new double[0], new double[0]));
        assertEquals(1, Calibration.temperature(new double[] {0, 0}, new double[] {1, 0}));
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        double[] logits = {1e4, -1e4, 1e4};
        double[] labels = {1, 0, 0};
        double loss = Calibration.negativeLogLikelihood(logits, labels, 1);
        assertEquals(1e4 / 3, loss, 1e-6);
        assertTrue(Double.isFinite(Calibration.temperature(logits, labels)));
    }

    @Test
    void logitsAndLabelsOfDifferentLengthAreRefused() {
        double[] logits = new double[3];
        Arrays.fill(logits, 1);
        assertThrows(IllegalArgumentException.class, () -> Calibration.temperature(logits, new double[2]));
    }
}
