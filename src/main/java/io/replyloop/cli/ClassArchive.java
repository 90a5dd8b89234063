package io.replyloop.cli;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import org.jboss.logging.Logger;

/**
 * On JDK 17, the first process that exits normally writes an archive of its classes (serve.sh), which takes many
 * seconds.
 */
@ApplicationScoped
public class ClassArchive {
    private static final Logger LOG = Logger.getLogger("replyloop");

    void announce(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent end) {
        boolean written = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(option -> option.startsWith("-XX:ArchiveClassesAtExit"));
        if (written) {
            LOG.info("Archiving the loaded classes to speed up later starts; this takes some seconds, once.");
        }
    }
}
