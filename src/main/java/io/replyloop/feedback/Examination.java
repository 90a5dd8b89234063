package io.replyloop.feedback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How surely agents look at each place of the suggestions: 1 for the first, less below. Measured where the order was random,
 * so that a reply is as good at one place as at another, and what is used at a place differs by how often it is looked at
 * alone: the position-based model (Joachims, Swaminathan and Schnabel, Unbiased Learning-to-Rank with Biased Feedback, 2017).
 */
public final class Examination {
    /** So many suggestions of shuffled impressions have to be used before anything is corrected. */
    static final int NEEDED = 100;

    /** Of 95 %. */
    private static final double Z = 1.96;

    /** Nothing is corrected by more than this, however seldom a place is looked at: one decision would count for many. */
    private static final double LEAST = 0.2;

    /** Nothing measured: every place counts as looked at. */
    public static final Examination EVERYWHERE = new Examination(List.of(), 0);

    private final List<Place> places;
    private final long used;

    private Examination(List<Place> places, long used) {
        this.places = places;
        this.used = used;
    }

    /**
     * @param used suggestions that were used at this place or at the first, of impressions that had both
     * @param ratio how often it is looked at for each time that the first is; 1 until enough were used
     * @param low end of the interval in which the ratio lies in 95 of 100 cases; null until enough were used
     */
    record Place(int position, long used, double ratio, Double low, Double high) {
        boolean isMeasured() {
            return low != null;
        }
    }

    /**
     * @param used how many suggestions were used, by how many were shown and at which place; of shuffled impressions alone
     * @param most places there are
     */
    public static Examination of(Map<Integer, Map<Integer, Long>> used, int most) {
        List<Place> places = new ArrayList<>();
        double above = 1;
        for (int position = 2; position <= most; position++) {
            int there = position;
            long first = count(used, there, 1);
            long here = count(used, there, there);
            Place place = place(there, here, first, above);
            places.add(place);
            above = place.ratio();
        }
        return new Examination(List.copyOf(places), countAll(used));
    }

    private static long countAll(Map<Integer, Map<Integer, Long>> used) {
        return used.values().stream()
                .flatMap(places -> places.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private static long count(Map<Integer, Map<Integer, Long>> used, int atLeast, int position) {
        return used.entrySet().stream()
                .filter(shown -> shown.getKey() >= atLeast)
                .mapToLong(shown -> shown.getValue().getOrDefault(position, 0L))
                .sum();
    }

    /** Of those used at either place, a share q was at this one; the ratio is q / (1 - q), and so are its ends (Wilson, 1927). */
    private static Place place(int position, long here, long first, double above) {
        long both = here + first;
        if (both < NEEDED) {
            // A place is looked at no more surely than the one above it.
            return new Place(position, both, above, null, null);
        }
        double share = (double) here / both;
        double middle = (share + Z * Z / (2 * both)) / (1 + Z * Z / both);
        double half = Z * Math.sqrt(share * (1 - share) / both + Z * Z / (4.0 * both * both)) / (1 + Z * Z / both);
        return new Place(position, both, Math.min(above, odds(share)), odds(middle - half), odds(middle + half));
    }

    private static double odds(double share) {
        return share >= 1 ? Double.MAX_VALUE : Math.max(0, share) / (1 - share);
    }

    /** How surely an agent who had the suggestions on the screen has looked at this place; between 0.2 and 1. */
    public double at(int position) {
        return places.stream()
                .filter(place -> place.position() == position)
                .mapToDouble(Place::ratio)
                .map(ratio -> Math.max(LEAST, Math.min(1, ratio)))
                .findFirst()
                .orElse(1);
    }

    /** From the second place on. */
    List<Place> places() {
        return places;
    }

    /** All suggestions that were used, of impressions that had one place or more. */
    long used() {
        return used;
    }

    /** The place of which least is known, the upper one of two; empty when all are corrected for. */
    Optional<Place> scarcest() {
        return places.stream().filter(place -> place.used() < NEEDED).min(Comparator.comparingLong(Place::used));
    }

    /** How many suggestions have to be used yet until each place is corrected for; 0 when all are. */
    int missing() {
        return places.isEmpty()
                ? NEEDED
                : scarcest().map(place -> (int) (NEEDED - place.used())).orElse(0);
    }
}
