package io.replyloop.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a model on a hub, such as {@code cross-encoder/ms-marco-MiniLM-L6-v2} or {@code bert-base-uncased@main}.
 *
 * @param revision branch, tag or commit
 */
public record HubModel(String id, String revision) {
    private static final Pattern NAME = Pattern.compile(
            "((?:[A-Za-z0-9][\\w.-]{0,95}/)?[A-Za-z0-9][\\w.-]{0,95})(?:@([A-Za-z0-9][\\w./-]{0,199}))?");

    /** Empty if the text is not such a name, for instance because it is a path. */
    public static Optional<HubModel> parse(String text) {
        Matcher name = NAME.matcher(text);
        if (!name.matches() || text.contains("..")) {
            return Optional.empty();
        }
        return Optional.of(new HubModel(name.group(1), name.group(2) == null ? "main" : name.group(2)));
    }

    /** A name that is valid as the name of a folder. */
    String folderName() {
        return id.replace("/", "--");
    }

    @Override
    public String toString() {
        return id + "@" + revision;
    }
}
