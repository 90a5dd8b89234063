package io.replyloop.dataset;

import io.replyloop.privacy.StoredTexts;
import jakarta.inject.Singleton;

/** Rules of masking that get better reach what was frozen, too; its hash stays that of what was learned. */
@Singleton
class SnapshotTexts extends StoredTexts {
    SnapshotTexts() {
        super("snapshot_example", "query", "reply_text");
    }
}
