package io.replyloop.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class EarlyLogsTest {
    @Test
    void before_logs_are_configured_libraries_say_only_what_goes_wrong() {
        EarlyLogs.quieten();
        assertFalse(Logger.getLogger("ai.djl.util.cuda.CudaUtils").isLoggable(Level.WARNING));
        assertTrue(Logger.getLogger("ai.djl.util.cuda.CudaUtils").isLoggable(Level.SEVERE));
        assertFalse(Logger.getLogger("org.hibernate.orm.core").isLoggable(Level.INFO));
        assertTrue(Logger.getLogger("org.hibernate.orm.core").isLoggable(Level.WARNING));
    }
}
