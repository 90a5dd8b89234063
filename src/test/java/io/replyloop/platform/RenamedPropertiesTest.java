package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

class RenamedPropertiesTest {
    private static final String NOW = "replyloop.warmup.exchanges";
    private static final String BEFORE = "replyloop.rehearsal.exchanges";

    @Test
    void the_old_name_goes_on_to_work() {
        assertThat(exchanges(properties(Map.of(BEFORE, "7")))).isEqualTo("7");
        assertThat(exchanges(properties(Map.of("%prod." + BEFORE, "8")))).isEqualTo("8");
        assertThat(exchanges(new EnvConfigSource(Map.of("REPLYLOOP_REHEARSAL_EXCHANGES", "9"), 300)))
                .isEqualTo("9");
    }

    @Test
    void the_new_name_goes_before_the_old_one() {
        assertThat(exchanges(properties(Map.of(NOW, "1", BEFORE, "2")))).isEqualTo("1");
    }

    @Test
    void whether_the_old_name_is_set_can_be_asked() {
        assertThat(config(properties(Map.of("%prod." + BEFORE, "8")))
                        .getConfigValue(BEFORE)
                        .getValue())
                .isEqualTo("8");
        assertThat(config(properties(Map.of(NOW, "1"))).getConfigValue(BEFORE).getValue())
                .isNull();
    }

    private static String exchanges(ConfigSource source) {
        return config(source).getConfigValue(NOW).getValue();
    }

    private static SmallRyeConfig config(ConfigSource source) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile("prod")
                .withInterceptors(new RenamedProperties())
                .withSources(source)
                .build();
    }

    private static ConfigSource properties(Map<String, String> properties) {
        return new PropertiesConfigSource(properties, "test", 100);
    }
}
