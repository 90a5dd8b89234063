package io.replyloop.attachment;

/** The file as it came, and the pictures that were made of it. */
enum FileVariant {
    ORIGINAL("original"),
    LARGE("large"),
    THUMBNAIL("thumbnail");

    private final String stored;

    FileVariant(String stored) {
        this.stored = stored;
    }

    String stored() {
        return stored;
    }
}
