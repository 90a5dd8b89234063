package io.replyloop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class EarlyLogsTest {
    @Test
    void before_logs_are_configured_libraries_say_only_what_goes_wrong() {
        EarlyLogs.quieten();
        assertThat(Logger.getLogger("ai.djl.util.cuda.CudaUtils").isLoggable(Level.WARNING))
                .isFalse();
        assertThat(Logger.getLogger("ai.djl.util.cuda.CudaUtils").isLoggable(Level.SEVERE))
                .isTrue();
        assertThat(Logger.getLogger("org.hibernate.orm.core").isLoggable(Level.INFO))
                .isFalse();
        assertThat(Logger.getLogger("org.hibernate.orm.core").isLoggable(Level.WARNING))
                .isTrue();
    }
}
