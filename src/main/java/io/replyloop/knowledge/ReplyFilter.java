package io.replyloop.knowledge;

/** Which replies to list; null means any. {@code q} is looked for in title, text, label and shortcode. */
public record ReplyFilter(ReplyState state, String language, String category, String q) {
    public static final ReplyFilter ANY = new ReplyFilter(null, null, null, null);
}
