package io.replyloop.curation;

import io.replyloop.privacy.StoredTexts;
import jakarta.inject.Singleton;

@Singleton
class CurationTexts extends StoredTexts {
    CurationTexts() {
        super("curation_act", "comment");
    }
}
