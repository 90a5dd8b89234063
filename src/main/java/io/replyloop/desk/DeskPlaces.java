package io.replyloop.desk;

import io.replyloop.platform.Places;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** So many questions of programs are ranked at once, and so many wait for that. */
@ApplicationScoped
class DeskPlaces {
    private final Places places;

    DeskPlaces(DeskConfig config) {
        places = Places.orUnavailable(
                config.atOnce(),
                config.mostWaiting(),
                config.patience(),
                "Too many questions are being answered at the moment. Ask again in "
                        + Math.max(1, config.patience().toSeconds()) + " s.");
    }

    <T> T with(Supplier<T> work) {
        return places.with(work);
    }
}
