package io.replyloop.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, as stated in the build file. */
public final class Version {
    private static final String FILE = "build.properties";

    private Version() {}

    public static String current() {
        try (InputStream in = Version.class.getResourceAsStream(FILE)) {
            Properties build = new Properties();
            build.load(in);
            return build.getProperty("version");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the application was built without " + FILE, unreadable);
        }
    }
}
