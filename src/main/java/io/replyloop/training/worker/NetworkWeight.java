package io.replyloop.training.worker;

import io.replyloop.bert.training.Calibration;
import io.replyloop.bert.training.RankingMetrics;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.LogitFit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How much a network that has learned counts beside words, meaning and memory: the temperature of its logits in the final
 * score. The weights of that score were fitted for a network that knew nothing of the team.
 */
final class NetworkWeight {
    private static final int FEWEST_FOR_RATIO = 30;

    /** Of the logarithm, around the champion's: as much as about ten impressions say. */
    private static final double DEVIATION = 1;

    /** In log-likelihood: the 95 % of a likelihood ratio of one parameter. */
    private static final double RELIABLY = 1.92;

    private static final int STEPS = 120;

    private NetworkWeight() {}

    static double temperature(Evaluation champion, Evaluation fresh) {
        return champion.isAsSeen() ? asSeen(champion, fresh) : alike(champion, fresh);
    }

    /**
     * The nearest to the champion's that is not reliably worse than the best, by how likely it makes which candidates of
     * the held-out impressions were right (a conditional logit, McFadden, 1974, on the final score's log-odds). Only those
     * count that promise no worse than the champion does, with a log loss that is no higher: threshold and words go with
     * probabilities, which a colder logit drives apart. Where none does, the one with the lowest log loss.
     */
    private static double asSeen(Evaluation champion, Evaluation fresh) {
        double usual = champion.temperature();
        double ratio = Calibration.HOTTEST / Calibration.COLDEST;
        List<Evaluation> possible = DoubleStream.concat(
                        DoubleStream.of(usual),
                        IntStream.rangeClosed(0, STEPS)
                                .mapToDouble(step -> Calibration.COLDEST * Math.pow(ratio, (double) step / STEPS)))
                .mapToObj(fresh::at)
                .toList();
        double loss = champion.logLoss();
        List<Evaluation> sound =
                possible.stream().filter(one -> one.logLoss() <= loss).toList();
        if (sound.isEmpty()) {
            return possible.stream()
                    .min(Comparator.comparingDouble(Evaluation::logLoss))
                    .orElseThrow()
                    .temperature();
        }
        double[] belief = sound.stream()
                .mapToDouble(one -> likelihood(one) + prior(one.temperature(), usual))
                .toArray();
        double best = DoubleStream.of(belief).max().orElseThrow();
        return IntStream.range(0, belief.length)
                .filter(i -> belief[i] >= best - RELIABLY)
                .mapToDouble(i -> sound.get(i).temperature())
                .boxed()
                .min(Comparator.comparingDouble(temperature -> -prior(temperature, usual)))
                .orElseThrow();
    }

    private static double prior(double temperature, double usual) {
        double distance = Math.log(temperature / usual) / DEVIATION;
        return -distance * distance / 2;
    }

    /** The logarithm, of all impressions together. */
    private static double likelihood(Evaluation evaluation) {
        double sum = 0;
        for (List<RankingMetrics.Scored> impression : evaluation.impressionsAsSeen()) {
            double[] logOdds = new double[impression.size()];
            boolean[] fits = new boolean[impression.size()];
            for (int i = 0; i < fits.length; i++) {
                logOdds[i] = FinalScore.logOdds(impression.get(i).probability());
                fits[i] = impression.get(i).label() >= 0.5;
            }
            sum += LogitFit.logLikelihood(logOdds, fits);
        }
        return sum;
    }

    /**
     * Where too little is known of what agents would see: the temperature with which the new logits weigh as much as the
     * old ones did, by the ratio of those that calibrate the networks alone. On few impressions, or beyond twice and half,
     * that is noise: then the old one is the better guess.
     */
    private static double alike(Evaluation champion, Evaluation fresh) {
        double usual = champion.temperature();
        if (champion.impressions().size() < FEWEST_FOR_RATIO) {
            return usual;
        }
        double ratio = fresh.calibratingTemperature() / champion.calibratingTemperature();
        return usual * Math.max(0.5, Math.min(2, ratio));
    }
}
