package io.replyloop.attachment;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** What pages say before anybody chooses a file. */
@Singleton
public class AttachmentRules {
    private final AttachmentLimits limits;

    AttachmentRules(AttachmentConfig config) {
        List<String> types = config.types().stream()
                .sorted()
                .flatMap(kind -> kind.extensions().stream())
                .toList();
        limits = config.enabled()
                ? new AttachmentLimits(config.largest().asLongValue(), config.perMessage(), types)
                : null;
    }

    /** Empty where files cannot be attached. */
    public Optional<AttachmentLimits> limits() {
        return Optional.ofNullable(limits);
    }
}
