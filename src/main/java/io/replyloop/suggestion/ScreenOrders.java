package io.replyloop.suggestion;

import io.quarkus.runtime.Startup;
import io.replyloop.ranking.Scored;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * In which order the suggestions stand on the screen: the best first, but for a small share of the questions, if an admin
 * wants to know how much agents go by the place. There the order is random.
 */
@Startup
@Singleton
public class ScreenOrders {
    /** More would cost agents more than it tells. */
    static final double LARGEST_SHARE = 0.1;

    private final double share;
    private final int places;

    /** What stands on the screen, and whether that was left to chance, which may also leave everything where it was. */
    record ScreenOrder(List<Scored> items, boolean shuffled) {
        static ScreenOrder asRanked(Shortlist shortlist) {
            return new ScreenOrder(shortlist.shown(), false);
        }
    }

    @Inject
    ScreenOrders(SuggestionConfig config) {
        this(config.shuffle(), config.shown());
    }

    ScreenOrders(double share, int places) {
        if (!(share >= 0 && share <= LARGEST_SHARE)) {
            throw new IllegalArgumentException("replyloop.suggestion.shuffle is " + share
                    + ", but it is a share of the questions from 0 to " + LARGEST_SHARE + "; change it");
        }
        this.share = share;
        this.places = places;
    }

    /** The share of questions whose suggestions are shown in a random order. */
    public double share() {
        return share;
    }

    /** How many suggestions there are on a screen at most. */
    public int places() {
        return places;
    }

    ScreenOrder of(Shortlist shortlist) {
        return of(shortlist, ThreadLocalRandom.current());
    }

    ScreenOrder of(Shortlist shortlist, Random random) {
        if (share == 0 || shortlist.shown().size() < 2 || random.nextDouble() >= share) {
            return ScreenOrder.asRanked(shortlist);
        }
        List<Scored> items = new ArrayList<>(shortlist.shown());
        Collections.shuffle(items, random);
        return new ScreenOrder(List.copyOf(items), true);
    }
}
