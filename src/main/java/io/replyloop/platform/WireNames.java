package io.replyloop.platform;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How constants are called over the wire: {@code NO_SPAM} is {@code no-spam}. */
public final class WireNames {
    private WireNames() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static <E extends Enum<E>> Optional<E> find(Class<E> constants, String wireName) {
        return Stream.of(constants.getEnumConstants())
                .filter(constant -> of(constant).equals(wireName))
                .findFirst();
    }
}
