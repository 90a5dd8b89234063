package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftLabelsTest {
    @TempDir
    Path directory;

    @Test
    void the_geometric_mean_is_normalised() {
        Map<String, Double> mean =
                SoftLabels.geometricMean(List.of(Map.of("a", 0.9, "b", 0.1), Map.of("a", 0.4, "b", 0.6)));
        double a = Math.sqrt(0.9 * 0.4);
        double b = Math.sqrt(0.1 * 0.6);
        assertThat(mean.get("a")).isCloseTo(a / (a + b), within(1e-9));
        assertThat(mean.get("b")).isCloseTo(b / (a + b), within(1e-9));
    }

    @Test
    void soft_labels_are_written_with_four_digits() throws IOException {
        new SoftLabels(Map.of("d/1", Map.of("a", 0.123456, "b", 0.0))).write(directory);
        assertThat(SoftLabels.read(directory)).isEqualTo(new SoftLabels(Map.of("d/1", Map.of("a", 0.1235, "b", 0.0))));
    }
}
